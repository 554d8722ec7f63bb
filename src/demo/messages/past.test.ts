import { describe, expect, test } from 'vitest';
import { withoutPast } from './past.ts';

const RECORDED = Date.parse('2026-11-22T18:00:00Z');

interface Event {
  readonly id: number;
  readonly tenant: string;
  readonly type: string;
  readonly time: string | null;
  readonly recordedAtMicros: bigint;
}

function event(id: number, of: { tenant?: string; type?: string; agoMs: number }): Event {
  return {
    id,
    tenant: of.tenant ?? 'demo',
    type: of.type ?? 'comptoir.message.requested.v1',
    time: new Date(RECORDED - of.agoMs).toISOString(),
    recordedAtMicros: BigInt(RECORDED) * 1000n,
  };
}

async function seenOf(events: readonly Event[]): Promise<readonly (readonly number[])[]> {
  const seen: number[][] = [];
  const plain = {
    name: 'messaging.outbox',
    handle(chunk: { readonly events: readonly Event[] }): Promise<string | null> {
      seen.push(chunk.events.map(({ id }) => id));
      return Promise.resolve('written');
    },
  };
  const reader = withoutPast<{ readonly events: readonly Event[] }, string, typeof plain>(plain);
  expect(reader.name).toBe('messaging.outbox');
  await reader.handle({ events });
  return seen;
}

const HOUR_MS = 3_600_000;

describe('the past of the demo', () => {
  test('is not shown to whoever sends, and what is written now is', async () => {
    const events = [
      event(1, { agoMs: 90 * 24 * HOUR_MS }),
      event(2, { agoMs: 1_500 }),
      event(3, { agoMs: 34 * 60_000 }),
      event(4, { agoMs: 60_000 }),
    ];
    expect(await seenOf(events)).toEqual([[2, 4]]);
    expect(await seenOf(events.slice(0, 1))).toEqual([]);
  });

  test('has senders, who are shown however long ago they were set up', async () => {
    const type = 'comptoir.message-sender.added.v1';
    expect(await seenOf([event(1, { type, agoMs: 30 * 24 * HOUR_MS })])).toEqual([[1]]);
  });

  test('is only the demo’s: what another business recorded late is shown', async () => {
    const late = { agoMs: 2 * HOUR_MS };
    const events = [
      event(1, { ...late, tenant: 'bistro' }),
      event(2, { ...late, tenant: 'demo-bar' }),
    ];
    expect(await seenOf(events)).toEqual([[1, 2]]);
  });
});
