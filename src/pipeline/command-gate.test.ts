import { expect, test } from 'vitest';
import { createCommandGate, type CommandGate } from './command-gate.ts';

function opened(insideMax?: number) {
  let now = 0;
  const gate = createCommandGate(() => now, insideMax);
  /** Lets `count` in at once; `leave` ends them all after `tookMs`. */
  const enter = (count: number, patient = false) => {
    const end = Promise.withResolvers<void>();
    const inside = Array.from({ length: count }, () => gate.pass(() => end.promise, patient));
    return {
      inside,
      async leave(tookMs: number) {
        now += tookMs;
        end.resolve();
        await Promise.all(inside);
      },
    };
  };
  const pass = (ms: number): void => {
    now += ms;
  };
  return { gate, enter, pass };
}

const one = (gate: CommandGate, patient = false): Promise<string> =>
  gate.pass(async () => 'done', patient);

test('a burst of quick commands is let in whole', async () => {
  const { enter } = opened();
  await enter(1_000).leave(100);
});

test('newcomers are refused once commands were slow and many for a second, and let in again once they are few', async () => {
  const { gate, enter, pass } = opened();
  await enter(1_000).leave(2_000);
  const few = enter(128);
  const patient = one(gate);
  pass(1_000);
  await expect(one(gate)).rejects.toMatchObject({ code: 'OVERLOADED', retryAfterSeconds: 1 });
  await Promise.all([patient, few.leave(10)]);
  await expect(one(gate)).resolves.toBe('done');
});

test('one stall refuses nobody: what it held up and what came meanwhile is let in', async () => {
  const { enter } = opened();
  const held = enter(700);
  await held.leave(800);
  const after = enter(700);
  await after.leave(150);
  await enter(700).leave(150);
});

test('who refused is not patient again before it was calm for ten seconds', async () => {
  const { gate, enter, pass } = opened();
  await enter(1_000).leave(2_000);
  const first = enter(128);
  await one(gate);
  pass(1_000);
  await expect(one(gate)).rejects.toMatchObject({ code: 'OVERLOADED' });
  await first.leave(2_000);
  const second = enter(128);
  await expect(one(gate)).rejects.toMatchObject({ code: 'OVERLOADED' });
  await second.leave(2_000);
  pass(10_001);
  const third = enter(128);
  await expect(one(gate)).resolves.toBe('done');
  await third.leave(10);
});

test('a slow time that is over refuses nobody', async () => {
  const { gate, enter } = opened();
  await enter(1_000).leave(2_000);
  for (let round = 0; round < 4; round += 1) await enter(100).leave(10);
  const many = enter(500);
  await expect(one(gate)).resolves.toBe('done');
  await many.leave(10);
});

test('patient work passes while others are refused, up to the hard limit', async () => {
  const { gate, enter, pass } = opened(200);
  await enter(200).leave(2_000);
  const inside = enter(128);
  await one(gate);
  pass(1_000);
  await expect(one(gate)).rejects.toMatchObject({ code: 'OVERLOADED' });
  await expect(one(gate, true)).resolves.toBe('done');
  const rest = enter(72, true);
  await expect(one(gate, true)).rejects.toMatchObject({ code: 'OVERLOADED' });
  await Promise.all([inside.leave(1), rest.leave(1)]);
});

test('work that fails leaves the gate', async () => {
  const { gate } = opened(1);
  const failing = gate.pass(() => Promise.reject(new Error('no')), false);
  await expect(failing).rejects.toThrow('no');
  await expect(one(gate)).resolves.toBe('done');
});

test('closing refuses newcomers and waits for those inside', async () => {
  const { gate, enter } = opened();
  const inside = enter(1);
  let closed = false;
  const closing = gate.close().then(() => (closed = true));
  await expect(one(gate)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(closed).toBe(false);
  await inside.leave(1);
  await closing;
});
