/**
 * The demo tells what it has written and been written to before it began, with what became of it: events whose time lies far
 * before the moment they were recorded. Whoever sends messages is not shown these, so nothing of three months leaves at the first
 * start. Senders are shown: who they are holds for what is sent from now on.
 */
import { DEMO_TENANT } from '../seed-demo.ts';

/** A command is recorded moments after its time, on a busy machine seconds; the least that the demo tells is minutes old. */
const PAST_MS = 5 * 60_000;
const OF_SENDERS = 'comptoir.message-sender.';

interface Told {
  readonly tenant: string;
  readonly type: string;
  readonly time: string | null;
  readonly recordedAtMicros: bigint;
}

interface Chunk {
  readonly events: readonly Told[];
}

interface Reader<Read extends Chunk, Written> {
  handle(chunk: Read): Promise<Written | null>;
}

/** The same reader, without what the demo tells of its past. */
export function withoutPast<Read extends Chunk, Written, Kind extends Reader<Read, Written>>(
  reader: Kind & Reader<Read, Written>,
): Kind {
  return {
    ...reader,
    async handle(chunk: Read) {
      const events = chunk.events.filter((event) => !isPast(event));
      if (events.length === 0) return null;
      return reader.handle(events.length === chunk.events.length ? chunk : { ...chunk, events });
    },
  };
}

function isPast({ tenant, type, time, recordedAtMicros }: Told): boolean {
  if (tenant !== DEMO_TENANT || time === null || type.startsWith(OF_SENDERS)) return false;
  return Date.parse(time) < Number(recordedAtMicros / 1000n) - PAST_MS;
}
