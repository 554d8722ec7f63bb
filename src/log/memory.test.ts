import { describe, expect, test } from 'vitest';
import { describeLogContract, type LogUnderTest } from './contract.ts';
import {
  decided,
  freshTenant,
  jsonData,
  positionOf,
  readTenant,
  received,
  statusesOf,
} from './contract/fixtures.ts';
import { createMemoryLog, type MemoryLog, type MemoryLogOptions } from './memory/memory-log.ts';

async function openMemory(options: MemoryLogOptions = {}): Promise<LogUnderTest> {
  const log = createMemoryLog(options);
  const opened: MemoryLog[] = [log];
  async function another(): Promise<MemoryLog> {
    const next = log.openAnother();
    opened.push(next);
    return next;
  }
  return {
    log,
    another,
    async restart() {
      await log.close();
      return another();
    },
    async close() {
      for (const each of opened) await each.close();
    },
  };
}

describeLogContract('memory', () => openMemory());
describeLogContract('memory with one bucket and short pages', () =>
  openMemory({ bucketCount: 1, findScanMax: 3 }),
);

/** A log whose clock the test moves, and one tenant. */
function timed(options: MemoryLogOptions) {
  let nowMs = 1_000_000;
  const log = createMemoryLog({ clock: { nowMs: () => nowMs }, ...options });
  const tenant = freshTenant();
  return {
    log,
    tenant,
    bucket: log.bucketOf(tenant),
    advance: (ms: number) => void (nowMs += ms),
    append: async (...ids: string[]) =>
      statusesOf(
        await log.appendReceived(
          tenant,
          ids.map((id) => received(id)),
        ),
      ),
    stateOf: (id: string) => log.keyState(tenant, { source: '/shop', id }).status,
  };
}

describe('the memory of keys', () => {
  test('a key younger than the window is remembered whatever came after it', async () => {
    const { append, advance, stateOf } = timed({ dedupeWindowSeconds: 10, dedupeKeysMax: 0 });
    expect(stateOf('a')).toBe('free');
    await append('a', 'b', 'c');
    advance(9_999);
    expect(stateOf('a')).toBe('remembered');
    expect(await append('a')).toEqual(['duplicate']);
    advance(1);
    expect(stateOf('a')).toBe('forgettable');
    expect(await append('a')).toEqual(['created']);
    expect(stateOf('a')).toBe('remembered');
  });

  test('beyond the window the newest keys of the log are remembered', async () => {
    const { append, stateOf } = timed({ dedupeWindowSeconds: 0, dedupeKeysMax: 2 });
    await append('a', 'b', 'c');
    expect(['a', 'b', 'c'].map(stateOf)).toEqual(['forgettable', 'remembered', 'remembered']);
    expect(await append('b', 'a', 'b')).toEqual(['duplicate', 'created', 'created']);
  });

  test('decided events count among the newest keys', async () => {
    const { log, tenant, append, stateOf } = timed({ dedupeWindowSeconds: 0, dedupeKeysMax: 2 });
    await append('a');
    const first = { stream: 's/1', expectedVersion: 0n, events: [decided('d1')] };
    await log.appendDecided({ tenant, streams: [first] });
    expect(stateOf('a')).toBe('remembered');
    const second = { stream: 's/1', expectedVersion: 1n, events: [decided('d2')] };
    await log.appendDecided({ tenant, streams: [second] });
    expect(stateOf('a')).toBe('forgettable');
  });
});

describe('recorded time', () => {
  test('a clock that is set back does not set recorded time back', async () => {
    const { log, tenant, append, advance } = timed({});
    await append('a');
    advance(-300_000);
    await append('b');
    advance(300_001);
    await append('c');
    const times = (await readTenant(log, tenant)).map((event) => event.recordedAtMicros);
    expect(times).toEqual([1_000_000_000n, 1_000_000_000n, 1_000_001_000n]);
  });
});

describe('retention', () => {
  test('a cursor below the low mark has expired and a search starts at the oldest event', async () => {
    const { log, tenant, bucket, append } = timed({});
    await append('a', 'b');
    await append('c');
    log.setLowMark(bucket, 1n);
    expect((await log.head(bucket)).lowMark).toBe(1n);
    await expect(log.readBatches(bucket, 0n, { eventsMax: 9 })).rejects.toMatchObject({
      code: 'CURSOR_EXPIRED',
      extra: { lowMark: 1n },
    });
    const [batch] = await log.readBatches(bucket, 1n, { eventsMax: 1 });
    expect([batch?.eventAt(0), batch?.eventAt(1)?.id]).toEqual([null, 'b']);
    const page = await log.find({ tenant, after: 0n, limit: 10 });
    expect(page.events.map(({ id }) => id)).toEqual(['b', 'c']);
    log.setLowMark(bucket, 2n);
    const late = log.find({ tenant, after: 1n, limit: 10 });
    await expect(late).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  });

  test('a removed event keeps its position and is stepped over', async () => {
    const { log, tenant, bucket, append } = timed({});
    await append('a', 'b', 'c');
    log.removeEvent(bucket, 2n);
    const page = await log.find({ tenant, after: 0n, limit: 10 });
    expect(page.events.map(({ position }) => position)).toEqual([1n, 3n]);
    expect(await append('b', 'd')).toEqual(['duplicate', 'created']);
    expect((await log.head(bucket)).position).toBe(4n);
  });
});

describe('overload and faults', () => {
  test('more than the queue holds is refused while something waits', async () => {
    const { log, tenant, append } = timed({ queueEventsMax: 3 });
    const release = log.holdAppends();
    const first = append('a', 'b', 'c', 'd');
    await expect(append('e')).rejects.toMatchObject({ code: 'OVERLOADED', retryAfterSeconds: 1 });
    release();
    expect(await first).toHaveLength(4);
    expect(await append('e')).toEqual(['created']);
    expect(await readTenant(log, tenant)).toHaveLength(5);
  });

  test('a failing storage stores nothing and says so', async () => {
    const { log, tenant, append } = timed({});
    log.setAppendFault('unavailable');
    await expect(append('a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    log.setAppendFault('storage-full');
    await expect(append('a')).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    log.setAppendFault(null);
    expect(await append('a')).toEqual(['created']);
    expect(await readTenant(log, tenant)).toHaveLength(1);
  });

  test.each([
    ['lost-stored', 'duplicate'],
    ['lost-not-stored', 'created'],
  ] as const)('an outcome %s is unknown and a repeat is %s', async (fault, repeated) => {
    const { log, tenant, append } = timed({});
    log.setAppendFault(fault);
    expect(await append('a')).toEqual(['unknown']);
    const streams = [{ stream: 's/1', expectedVersion: 0n, events: [decided('x')] }];
    expect(await log.appendDecided({ tenant, streams })).toEqual({ status: 'unknown' });
    log.setAppendFault(null);
    expect(await append('a')).toEqual([repeated]);
    expect(log.streamVersion(tenant, 's/1')).toBe(fault === 'lost-stored' ? 1n : 0n);
  });

  test('a draft may be reused for other bytes after its append', async () => {
    const { log, tenant } = timed({});
    const data = jsonData('"before"');
    const [outcome] = await log.appendReceived(tenant, [received('a', {}, data)]);
    data.bytes.fill(0x20);
    const [event] = await readTenant(log, tenant);
    expect(event?.position).toBe(positionOf(outcome));
    expect(Buffer.from(event!.data).toString()).toBe('"before"');
  });
});
