/** The phases that several benches share. */
import type { LoadClient } from '../load/client.ts';
import { assertRan } from '../load/client.ts';
import type { LoadPhase, LoadResult } from '../load/phase.ts';
import { targetOf } from '../measure.ts';
import type { BenchOptions } from '../options.ts';
import type { BenchServer } from '../server.ts';

/** Long enough for the compiler and the caches of both sides. */
export const WARM_UP_SECONDS = 4;
/** Connections and fillings end before this. */
const FILL_SECONDS_MAX = 3_600;

/** Numbers events on from phase to phase, so that none is sent twice by accident. */
export interface EventNumbers {
  next: number;
}

/** A closed-loop phase of batches beginning at the next free event. */
export function batchPhase(
  server: BenchServer,
  options: BenchOptions,
  rest: Pick<LoadPhase, 'firstEvent' | 'seconds'> & Partial<LoadPhase>,
): LoadPhase {
  return {
    ...targetOf(server),
    eventsPerRequest: options.batchEvents,
    connections: options.batchConnections,
    warmUpSeconds: 0,
    seed: options.seed,
    ids: options.ids,
    ...rest,
  };
}

/** First number from `numbers.next` on that begins a request of `eventsPerRequest`. */
export function takeStart(numbers: EventNumbers, eventsPerRequest: number): number {
  numbers.next = Math.ceil(numbers.next / eventsPerRequest) * eventsPerRequest;
  return numbers.next;
}

/** Moves the numbers behind what a phase sent. */
export function advance(numbers: EventNumbers, phase: LoadPhase, result: LoadResult): void {
  numbers.next = phase.firstEvent + result.requestsSent * phase.eventsPerRequest;
}

/** Fills the log to `events` events as fast as it takes them; returns when the last is acknowledged. */
export async function fill(
  parts: {
    readonly server: BenchServer;
    readonly client: LoadClient;
    readonly numbers: EventNumbers;
  },
  options: BenchOptions,
  events: number,
): Promise<void> {
  const firstEvent = takeStart(parts.numbers, options.batchEvents);
  const phase = batchPhase(parts.server, options, {
    firstEvent,
    seconds: FILL_SECONDS_MAX,
    requestsMax: Math.ceil(events / options.batchEvents),
  });
  const result = await parts.client.run(phase);
  assertRan(result, 'filling the log');
  advance(parts.numbers, phase, result);
}

export function perSecond(result: LoadResult): number {
  return (result.measured.accepted + result.measured.duplicates) / result.measuredSeconds;
}
