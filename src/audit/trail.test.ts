import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { until } from '../../test/support/until.ts';
import type { Logger } from '../core/logger.ts';
import { silentLogger } from '../core/logger.ts';
import type { MetricRegistry } from '../core/metrics.ts';
import { noMetrics } from '../core/metrics.ts';
import { DatabaseError } from '../platform/postgres/database.ts';
import { auditFixture, entry, noteEach, type AuditFixture } from './audit.fixture.ts';
import type { Audit } from './create-audit-trail.ts';
import { createMemoryAuditStore } from './memory/memory-store.ts';
import type { AuditStore } from './store.ts';
import { QUEUE_ENTRIES_MAX } from './trail.ts';

let store: AuditStore;
let fixture: AuditFixture;

beforeEach(async () => {
  store = createMemoryAuditStore();
  fixture = await auditFixture(store);
});
afterEach(async () => {
  vi.useRealTimers();
  await fixture.close();
});

const find = async (audit: Audit, limit = 100) =>
  (await audit.find({ tenant: 't1', classes: ['access', 'audit'], limit })).items;

describe('a flush', () => {
  it('waits for what was noted before it and for nothing that still comes', async () => {
    // A database takes its time, so that there is always somebody waiting.
    const slow: AuditStore = {
      ...store,
      append: (chain, request) => delay(10).then(() => store.append(chain, request)),
    };
    const audit = fixture.another({ store: slow });
    const busy = setInterval(() => audit.note(entry()), 1);
    try {
      audit.note(entry({ action: 'first' }));
      await audit.flush();
      expect((await find(audit, 1000)).map(({ action }) => action)).toContain('first');
    } finally {
      clearInterval(busy);
    }
  });

  it('waits for every chain', async () => {
    const { audit } = fixture;
    const tenants = Array.from({ length: 20 }, (_, index) => `t${index}`);
    for (const tenant of tenants) audit.note(entry({ tenant }));
    await audit.flush();
    const found = await Promise.all(
      tenants.map((tenant) => audit.find({ tenant, classes: ['access'], limit: 10 })),
    );
    expect(found.map(({ items }) => items.length)).toEqual(tenants.map(() => 1));
  });
});

describe('an entry', () => {
  it('is read back as it was noted', async () => {
    const noted = {
      tenant: 't1',
      class: 'audit',
      action: 'order.refunded',
      actor: 'user:1',
      approver: 'user:2',
      address: '192.0.2.7',
      subject: 'orders/o1',
      route: 'POST /v1/orders/{id}/refund',
      purpose: 'a complaint',
      count: 1,
      before: { total: 10 },
      after: { total: 0 },
      code: 'X',
      traceId: 't',
    } as const;
    await fixture.audit.record(noted);
    const { tenant: _tenant, ...shown } = noted;
    expect(await find(fixture.audit)).toEqual([
      { ...shown, seq: 1n, damaged: false, recordedAtMicros: expect.any(BigInt) },
    ]);
  });

  it('keeps no more than its bounds', async () => {
    const subjects = Array.from({ length: 150 }, (_, index) => `p${index}`);
    await noteEach(fixture.audit, [
      entry({ subjects, purpose: 'x'.repeat(5_000), after: { a: 1 } }),
      entry({ after: 'x'.repeat(20_000) }),
      entry({ after: { big: 1n } }),
    ]);
    const [circle, large, many] = await find(fixture.audit);
    expect(many?.subjects).toHaveLength(100);
    expect(many?.purpose).toHaveLength(300);
    expect(many).toMatchObject({ omitted: 'several-persons' });
    expect([large?.omitted, circle?.omitted]).toEqual(['too-large', 'too-large']);
  });

  it('has a time that never goes back along its chain', async () => {
    let nowMs = 2_000_000_000_000;
    const audit = fixture.another({ clock: { nowMs: () => nowMs } });
    await noteEach(audit, [entry()]);
    nowMs -= 60_000;
    await noteEach(audit, [entry()]);
    const times = (await find(audit)).map(({ recordedAtMicros }) => recordedAtMicros);
    expect(times[0]).toBe(times[1]);
  });
});

/** A store that can be told to fail. */
function failing(inner: AuditStore) {
  const state = { append: null as null | ((tries: number) => Error | null), tries: 0 };
  const fails: AuditStore = {
    ...inner,
    async append(chain, request) {
      state.tries += 1;
      const error = state.append?.(state.tries) ?? null;
      if (error instanceof DatabaseError && error.kind === 'lost')
        await inner.append(chain, request);
      if (error !== null) throw error;
      return inner.append(chain, request);
    },
  };
  return { state, store: fails };
}

describe('the writer', () => {
  it('stores once what a lost connection left unknown', async () => {
    const { state, store: lossy } = failing(store);
    const audit = fixture.another({ store: lossy });
    state.append = (tries) => (tries === 1 ? new DatabaseError('lost', 'gone') : null);
    await audit.record(entry());
    await noteEach(audit, [entry()]);
    expect(await find(audit)).toHaveLength(2);
    expect((await audit.verify('t1', [])).map(({ damage }) => damage)).toEqual([null, null, null]);
  });

  it('waits for a database that is away, and tells record after a while', async () => {
    const { state, store: away } = failing(store);
    const audit = fixture.another({ store: away });
    state.append = () => new DatabaseError('not-sent', 'away');
    vi.useFakeTimers();
    const recorded = expect(audit.record(entry())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    audit.note(entry());
    await vi.advanceTimersByTimeAsync(6_000);
    await recorded;
    state.append = null;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await find(audit)).toHaveLength(2);
  });

  it('drops a group that is refused again and again, and says so with the next one', async () => {
    const { state, store: refusing } = failing(store);
    const audit = fixture.another({ store: refusing });
    state.append = (tries) => (tries <= 5 ? new DatabaseError('server', 'no') : null);
    await expect(audit.record(entry())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await audit.record(entry({ action: 'menu.read' }));
    expect((await find(audit)).map(({ action, count }) => [action, count])).toEqual([
      ['menu.read', undefined],
      ['audit.lost', 1],
    ]);
  });

  it('counts what does not fit its queue, and one entry says how many were lost', async () => {
    const lost: number[] = [];
    const metrics: MetricRegistry = {
      ...noMetrics,
      counter: ({ name }) => ({
        add: (value) => void (name === 'comptoir_audit_lost_total' && lost.push(value)),
      }),
    };
    const audit = fixture.another({ metrics });
    for (let count = 0; count < QUEUE_ENTRIES_MAX + 7; count += 1) audit.note(entry());
    await expect(audit.record(entry())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await audit.flush();
    const lostEntries = await audit.find({
      tenant: 't1',
      classes: ['access'],
      action: 'audit.lost',
      limit: 10,
    });
    expect(lostEntries.items).toMatchObject([{ count: 7 }]);
    expect(lost).toHaveLength(7);
    const [, , access] = await audit.verify('t1', []);
    expect(access).toMatchObject({ last: BigInt(QUEUE_ENTRIES_MAX) + 1n, damage: null });
  });

  it('writes what waits when it stops, and a checkpoint of it', async () => {
    const audit = fixture.another();
    for (let count = 0; count < 5; count += 1) audit.note(entry());
    await audit.stop();
    expect(await find(audit)).toHaveLength(5);
    expect(await store.checkpoints({ tenant: 't1', class: 'access' })).toMatchObject([{ seq: 5n }]);
  });

  it('two of them write one chain without a gap', async () => {
    const [left, right] = [fixture.another(), fixture.another()];
    const work = Array.from({ length: 40 }, (_, index) =>
      (index % 2 === 0 ? left : right).record(entry({ subject: `s${index}` })),
    );
    await Promise.all(work);
    const [, , access] = await left.verify('t1', []);
    expect(access).toMatchObject({ last: 40n, damage: null });
  });
});

describe('checkpoints', () => {
  it('come after a thousand entries, to the file and to the output', async () => {
    const said: string[] = [];
    const logger: Logger = { ...silentLogger, info: (message) => void said.push(message) };
    const chain = { tenant: 't1', class: 'access' } as const;
    const audit = fixture.another({ logger });
    await noteEach(
      audit,
      Array.from({ length: 1_000 }, () => entry()),
    );
    await until('a checkpoint', async () => (await store.checkpoints(chain)).length > 0);
    expect(said).toEqual([
      expect.stringContaining('audit checkpoint {"tenant":"t1","class":"access","seq":1000,'),
    ]);
  });

  it('lie in a file that only its owner reads', async () => {
    await noteEach(fixture.audit, [entry()]);
    await fixture.audit.checkpoint();
    const lines = await fixture.lines();
    expect(lines).toEqual([
      {
        tenant: 't1',
        class: 'access',
        seq: 1,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        time: expect.stringMatching(/Z$/),
        signature: expect.any(String),
      },
    ]);
    const { mode } = await stat(path.join(fixture.folder, '0', 'checkpoints.ndjson'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('are made at the start for what a process wrote that was killed', async () => {
    await noteEach(fixture.audit, [entry(), entry()]);
    const next = fixture.another();
    next.start();
    const chain = { tenant: 't1', class: 'access' } as const;
    await until('a checkpoint', async () => (await store.checkpoints(chain)).length > 0);
    expect(await store.checkpoints(chain)).toMatchObject([{ seq: 2n }]);
  });
});

describe('retention', () => {
  const YEAR_MS = 366 * 86_400_000;

  it('cuts at a checkpoint only, records it, and what is left verifies', async () => {
    let nowMs = Date.UTC(2020, 0, 1);
    const audit = fixture.another({ clock: { nowMs: () => nowMs } });
    await noteEach(audit, [entry(), entry(), entry()]);
    await audit.checkpoint();
    await noteEach(audit, [entry(), entry()]);
    nowMs += YEAR_MS - 1;
    expect(await audit.retain()).toBe(0);
    nowMs += 3 * 86_400_000;
    expect(await audit.retain()).toBe(3);
    await audit.flush();
    const [cut] = (await audit.find({ tenant: 't1', classes: ['audit'], limit: 10 })).items;
    expect(cut).toMatchObject({ action: 'audit.cut', subject: 'audit/access', count: 3 });
    const [, , access] = await audit.verify('t1', []);
    expect(access).toMatchObject({ first: 4n, last: 5n, damage: null });
    expect(await audit.retain()).toBe(0);
  });

  it('keeps changes for seven years and refusals for two', async () => {
    let nowMs = Date.UTC(2020, 0, 1);
    const audit = fixture.another({ clock: { nowMs: () => nowMs } });
    await noteEach(audit, [entry({ class: 'audit' }), entry({ class: 'security' })]);
    await audit.checkpoint();
    nowMs += 2 * YEAR_MS + 2 * 86_400_000;
    expect(await audit.retain()).toBe(1);
    nowMs += 5 * YEAR_MS;
    expect(await audit.retain()).toBe(1);
  });

  it('keeps each class as long as is set', async () => {
    let nowMs = Date.UTC(2020, 0, 1);
    const keptDays = { audit: 400, security: 200, access: 100 };
    const audit = fixture.another({ clock: { nowMs: () => nowMs }, keptDays });
    const classes = ['audit', 'security', 'access'] as const;
    await noteEach(
      audit,
      classes.map((each) => entry({ class: each })),
    );
    await audit.checkpoint();
    const removed: number[] = [];
    for (const days of [100, 2, 98, 2, 198, 2]) {
      nowMs += days * 86_400_000;
      removed.push(await audit.retain());
    }
    expect(removed).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('leaves a chain alone that does not fit its checkpoint', async () => {
    let nowMs = Date.UTC(2020, 0, 1);
    const audit = fixture.another({ clock: { nowMs: () => nowMs } });
    await noteEach(audit, [entry(), entry()]);
    await audit.checkpoint();
    const chain = { tenant: 't1', class: 'access' } as const;
    const entries = await store.entries(chain, 0n, 10);
    entries[1]?.link.fill(0);
    nowMs += 2 * YEAR_MS;
    expect(await audit.retain()).toBe(0);
  });
});
