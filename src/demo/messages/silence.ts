/**
 * Nothing of the demo leaves the machine, whatever credentials the installation has and whatever somebody does in the
 * demo: what reads the log for the sender of messages is not shown its events, so no message of it ever comes into the
 * outbox, and no text of it to a provider's review. Its campaigns are released all the same, which writes to the log only.
 */
import { DEMO_TENANT } from '../seed-demo.ts';

/** Freezes recipients, sends nothing. */
const RELEASES = 'messaging.campaigns';

interface Chunk {
  readonly events: readonly { readonly tenant: string }[];
}

interface Reader<Read extends Chunk, Written> {
  readonly name: string;
  handle(chunk: Read): Promise<Written | null>;
}

/** The same reader for every tenant but the demo. */
export function silenceDemo<Read extends Chunk, Written, Kind extends Reader<Read, Written>>(
  reader: Kind & Reader<Read, Written>,
): Kind {
  if (reader.name === RELEASES) return reader;
  return {
    ...reader,
    async handle(chunk: Read) {
      const events = chunk.events.filter(({ tenant }) => tenant !== DEMO_TENANT);
      if (events.length === 0) return null;
      return reader.handle(events.length === chunk.events.length ? chunk : { ...chunk, events });
    },
  };
}
