/**
 * The gates between a process and what it shares with others. Every call passes one: there the process may end, the
 * answer may be lost, or the call take its time. Once a process has ended none of its calls has an effect: code of it
 * that still runs meets `Crashed`.
 */
import { Failure } from '../../../src/core/errors.ts';
import type { LogBatch, LogReader } from '../../../src/log/log.ts';
import type { MemoryLog } from '../../../src/log/memory/memory-log.ts';
import { DatabaseError } from '../../../src/platform/postgres/database.ts';
import type { FaultInjector } from '../faults/injector.ts';
import type { Trace } from './trace.ts';
import type { Owner, VirtualTime } from './virtual-time.ts';

export class Crashed extends Error {
  override readonly name = 'Crashed';
}

/** The life of a process. */
export class Life implements Owner {
  readonly name: string;
  readonly died: Promise<void>;
  #end: () => void;
  alive = true;

  constructor(name: string) {
    this.name = name;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.died = promise;
    this.#end = resolve;
  }

  die(): void {
    this.alive = false;
    this.#end();
  }
}

export interface GateParts {
  readonly life: Life;
  readonly time: VirtualTime;
  readonly faults: FaultInjector;
  readonly trace: Trace;
}

/** Everything asynchronous of `target` behind a gate; `open` names what passes as it is. */
export function gated<T extends object>(
  parts: GateParts,
  named: { readonly name: string; readonly target: T; readonly open?: readonly string[] },
): T {
  const { name, target, open = [] } = named;
  const pass = new Set<string | symbol>(open);
  return new Proxy(target, {
    get(_, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function' || pass.has(property)) return value;
      const point = `${name}.${String(property)}`;
      return (...given: unknown[]) =>
        // safe because only methods that return promises are behind the gate
        call(parts, point, () => Reflect.apply(value, target, given) as Promise<unknown>);
    },
  });
}

async function call<T>(parts: GateParts, point: string, work: () => Promise<T>): Promise<T> {
  await pause(parts);
  mishap(parts, point, 'before');
  const result = await work();
  mishap(parts, point, 'after');
  await pause(parts);
  return result;
}

async function pause({ life, time, faults }: GateParts): Promise<void> {
  const { turns, ms } = faults.delay();
  for (let turn = 0; turn < turns; turn += 1) await time.turn();
  if (ms > 0) await time.sleep(ms);
  if (!life.alive) throw new Crashed(life.name);
}

function mishap(parts: GateParts, point: string, side: 'before' | 'after'): void {
  const { life, time, trace, faults } = parts;
  if (!life.alive) throw new Crashed(life.name);
  trace.add(time.nowMs, life.name, `${side} ${point}`);
  switch (faults.at(point, side)) {
    case 'none':
      return;
    case 'lost':
      trace.add(time.nowMs, life.name, `lost ${side} ${point}`);
      throw lost(point);
    case 'crash':
      crash(parts, `${side} ${point}`);
  }
}

/** Ends the process where it stands. */
export function crash({ life, time, trace }: GateParts, where: string): never {
  trace.add(time.nowMs, life.name, `crashed ${where}`);
  life.die();
  throw new Crashed(life.name);
}

/** The log and the key store have words of their own for it. */
function lost(point: string): Error {
  if (/^(log|keys)\./.test(point)) return new Failure('UNAVAILABLE', 'The storage is gone.');
  return new DatabaseError('lost', 'the connection broke');
}

const SYNCHRONOUS = [
  'bucketOf',
  'knownHead',
  'streamVersion',
  'keyState',
  'openAnother',
  'setLowMark',
  'removeEvent',
  'setAppendFault',
  'holdAppends',
];

/**
 * The log of a process. Appends keep the order in which they were handed over, as the port promises, and what is lost of
 * them is an unknown outcome.
 */
export function gatedLog(parts: GateParts, log: MemoryLog): MemoryLog {
  const { life, time } = parts;
  const rest = gated(parts, { name: 'log', target: log, open: SYNCHRONOUS });
  const own: Partial<MemoryLog> = {
    onAppend: (bucket, listener) =>
      log.onAppend(bucket, () => {
        if (life.alive) time.as(life, listener);
      }),
    appendDecided: (append) =>
      appended(parts, {
        point: 'log.appendDecided',
        append: () => log.appendDecided(append),
        unknown: () => ({ status: 'unknown' }) as const,
      }),
    recordAnswer: (tenant, answer) =>
      appended(parts, {
        point: 'log.recordAnswer',
        append: () => log.recordAnswer(tenant, answer),
        unknown() {
          throw new Failure('OUTCOME_UNKNOWN', 'It is not known whether it was recorded.');
        },
      }),
  };
  return new Proxy(rest, {
    get: (target, property) =>
      Reflect.get(Object.hasOwn(own, property) ? own : target, property) as unknown,
  });
}

async function appended<T>(
  parts: GateParts,
  work: { readonly point: string; readonly append: () => Promise<T>; readonly unknown: () => T },
): Promise<T> {
  const { life, time, trace, faults } = parts;
  if (!life.alive) throw new Crashed(life.name);
  trace.add(time.nowMs, life.name, `before ${work.point}`);
  const before = faults.at(work.point, 'before');
  if (before === 'crash') crash(parts, `before ${work.point}`);
  // Of those lost on the way, half say so and half are heard of no more.
  if (before === 'lost' && faults.delay().turns > 0) throw lost(work.point);
  if (before === 'lost') return work.unknown();
  const outcome = await work.append();
  if (!life.alive) throw new Crashed(life.name);
  trace.add(time.nowMs, life.name, `after ${work.point} ${statusOf(outcome)}`);
  const after = faults.at(work.point, 'after');
  if (after === 'crash') crash(parts, `after ${work.point}`);
  await pause(parts);
  return after === 'lost' ? work.unknown() : outcome;
}

/** Whether batches can still be had from a weak reference must not depend on the garbage collector. */
export function holdingReader(reader: LogReader): LogReader {
  const held: (readonly LogBatch[])[] = [];
  return {
    ...reader,
    async readBatches(bucket, after, options) {
      const batches = await reader.readBatches(bucket, after, options);
      held.push(batches);
      return batches;
    },
  };
}

function statusOf(outcome: unknown): string {
  return typeof outcome === 'object' && outcome !== null && 'status' in outcome
    ? String(outcome.status)
    : '';
}
