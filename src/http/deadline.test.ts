import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createDeadline } from './deadline.ts';

const MS = 50;
const LONG_MS = 60_000;

/** This process does nothing at all until `isOver`, and for longer than a deadline. */
function standStill(isOver: () => boolean): void {
  const until = performance.now() + 2 * MS;
  while (!isOver() || performance.now() < until)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
}

test.each(['end', 'putOff'] as const)(
  'what came while this process stood still came in time: %s',
  async (told) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'comptoir-deadline-'));
    const sent = path.join(folder, 'sent');
    const script = 'read -r _; printf whole; : > "$1"; read -r _';
    const sender = spawn('sh', ['-c', script, 'sh', sent], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      // A turn, so that the stream is being read when the deadline comes.
      sender.stdout.resume();
      await new Promise((resolve) => setImmediate(resolve));
      let isLate = false;
      const deadline = createDeadline(MS, () => (isLate = true));
      const heard = new Promise((resolve) =>
        sender.stdout.once('data', (text: Buffer) => {
          deadline[told]();
          resolve(text.toString());
        }),
      );
      sender.stdin.write('now\n');
      standStill(() => existsSync(sent));
      expect(await heard).toBe('whole');
      expect(isLate).toBe(false);
      deadline.end();
    } finally {
      sender.stdin.end();
      await once(sender, 'close');
      await rm(folder, { recursive: true });
    }
  },
);

test('who sends nothing is late, and nobody is after the end', async () => {
  const told: string[] = [];
  const ended = createDeadline(1, () => told.push('ended'));
  ended.end();
  await new Promise<void>((resolve) => void createDeadline(2 * MS, resolve));
  expect(told).toEqual([]);
  const putOff = createDeadline(LONG_MS, () => told.push('put off'));
  putOff.putOff();
  putOff.end();
});
