import { expect, test } from 'vitest';
import { CallFailed } from '../../../../src/client/client.ts';
import { giveOn, type Seen } from './give-on.ts';

const CONFLICT = 412;

function failed(status: number): CallFailed {
  const code = status === CONFLICT ? 'PRECONDITION_FAILED' : 'NAME_TAKEN';
  return new CallFailed({ status, traceId: '', body: { code } });
}

/** Something at a version, of which one part is edited; `others` change something before each of the first commands. */
function thing(part: string, others: readonly Partial<Seen<string>>[]) {
  let now: Seen<string> = { version: 3, part };
  const waiting = [...others];
  const told: Seen<string>[] = [];
  return {
    told,
    newest: () => now,
    giving: (value: string, base: Seen<string>) => ({
      value,
      before: part,
      base,
      give: (next: string, { ifMatch }: { readonly ifMatch: number }) => {
        const change = waiting.shift();
        if (change !== undefined) now = { version: now.version + 1, part: change.part ?? now.part };
        if (now.version !== ifMatch) return Promise.reject(failed(CONFLICT));
        now = { version: now.version + 1, part: next };
        return Promise.resolve('done');
      },
      readNewest: () => Promise.resolve(now),
      onOther: (newest: Seen<string>) => void told.push(newest),
    }),
  };
}

test('a change of another part is no conflict: it is sent again on top', async () => {
  const of = thing('hall', [{}, {}]);
  expect(await giveOn(of.giving('garden', { version: 3, part: 'hall' }))).toBe('done');
  expect([of.newest().part, of.told]).toEqual(['garden', []]);
});

test('a change of the same part is shown and nothing is overwritten', async () => {
  const of = thing('hall', [{ part: 'terrace' }]);
  const seen = { version: 3, part: 'hall' };
  await expect(giveOn(of.giving('garden', seen))).rejects.toMatchObject({ status: CONFLICT });
  expect(of.told).toEqual([{ version: 4, part: 'terrace' }]);
  expect(of.newest().part).toBe('terrace');
  expect(await giveOn(of.giving('garden', of.newest()))).toBe('done');
  expect(of.newest().part).toBe('garden');
});

test('a thing that never holds still ends in a conflict, not in a loop', async () => {
  const of = thing(
    'hall',
    Array.from({ length: 50 }, () => ({})),
  );
  const seen = { version: 3, part: 'hall' };
  await expect(giveOn(of.giving('garden', seen))).rejects.toMatchObject({ status: CONFLICT });
  expect(of.newest().part).toBe('hall');
});

test('any other refusal is passed on and reads nothing', async () => {
  const { giving, told } = thing('hall', []);
  const refusing = {
    ...giving('garden', { version: 3, part: 'hall' }),
    give: () => Promise.reject(failed(409)),
    readNewest: () => Promise.reject(new Error('not asked')),
  };
  await expect(giveOn(refusing)).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  expect(told).toEqual([]);
});
