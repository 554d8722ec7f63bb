/**
 * What really happened, read from the log itself: which orders were placed when, which were credited to members, and
 * what points came of it. Rates are made of recorded times, so nobody has to be believed.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { StoredEvent } from '../../../src/core/event.ts';
import type { LogBatch } from '../../../src/log/log.ts';
import type { PostgresLog } from '../../../src/log/postgres/postgres-log.ts';

export interface Ledger {
  /** By order: microseconds since the epoch. */
  readonly placed: ReadonlyMap<string, bigint>;
  readonly credited: ReadonlyMap<string, bigint>;
  /** Payments credited more than once. */
  readonly doubled: number;
  /** By member: the sum of what its events say was earned and burned. */
  readonly points: ReadonlyMap<string, number>;
  readonly minBalance: number;
  readonly movements: { readonly earned: number; readonly burned: number };
  /** Reads on up to the head. */
  readOn(): Promise<void>;
  /** Reads on until every order placed is credited, at most `seconds`. */
  settled(seconds: number): Promise<boolean>;
}

const EVENTS_PER_READ = 5_000;
const POLL_MS = 100;
const PLACED = 'comptoir.order.placed.v1';
const CREDITED = 'comptoir.loyalty.payment-credited.v1';
const EARNED = 'comptoir.loyalty.points-earned.v1';
const BURNED = 'comptoir.loyalty.points-burned.v1';
const TYPES: ReadonlySet<string> = new Set([PLACED, CREDITED, EARNED, BURNED]);

const decoder = new TextDecoder();

interface Moved {
  readonly memberId: string;
  readonly earned?: number;
  readonly points?: number;
  readonly balance: { readonly points: number };
}

function* eventsAfter(batch: LogBatch, position: bigint, tenant: string): Iterable<StoredEvent> {
  const first = Math.max(0, Number(position - batch.firstPosition + 1n));
  for (let index = first; index < batch.count; index += 1) {
    if (!TYPES.has(batch.typeAt(index)) || batch.tenantAt(index) !== tenant) continue;
    const event = batch.eventAt(index);
    if (event !== null) yield event;
  }
}

/** Of one tenant, from the present head on. */
export async function openLedger(log: PostgresLog, tenant: string): Promise<Ledger> {
  const bucket = log.bucketOf(tenant);
  let { position } = await log.head(bucket);
  const placed = new Map<string, bigint>();
  const credited = new Map<string, bigint>();
  const points = new Map<string, number>();
  const state = { doubled: 0, minBalance: Infinity };
  const movements = { earned: 0, burned: 0 };

  function take(event: StoredEvent): void {
    if (event.type === PLACED) {
      placed.set(streamIdOf(event), event.recordedAtMicros);
      return;
    }
    if (event.type === CREDITED) {
      const order = streamIdOf(event);
      if (credited.has(order)) state.doubled += 1;
      credited.set(order, event.recordedAtMicros);
      return;
    }
    // safe because these two types have these members
    const moved = JSON.parse(decoder.decode(event.data)) as Moved;
    const isBurn = event.type === BURNED;
    movements[isBurn ? 'burned' : 'earned'] += 1;
    const change = isBurn ? -(moved.points ?? 0) : (moved.earned ?? 0);
    points.set(moved.memberId, (points.get(moved.memberId) ?? 0) + change);
    state.minBalance = Math.min(state.minBalance, moved.balance.points);
  }

  async function readOn(): Promise<void> {
    for (;;) {
      const batches = await log.readBatches(bucket, position, { eventsMax: EVENTS_PER_READ });
      if (batches.length === 0) return;
      for (const batch of batches) {
        for (const event of eventsAfter(batch, position, tenant)) take(event);
        position = batch.lastPosition;
      }
    }
  }

  return {
    placed,
    credited,
    points,
    movements,
    get doubled() {
      return state.doubled;
    },
    get minBalance() {
      return state.minBalance;
    },
    readOn,
    async settled(seconds) {
      const deadline = performance.now() + seconds * 1_000;
      for (;;) {
        await readOn();
        if (credited.size >= placed.size) return true;
        if (performance.now() > deadline) return false;
        await delay(POLL_MS);
      }
    },
  };
}

function streamIdOf({ stream }: StoredEvent): string {
  return stream === null ? '' : stream.slice(stream.indexOf('/') + 1);
}
