/**
 * Stores a group of entries at the end of a chain. Links depend on where the chain ends, so the writer says where it takes
 * it to end and makes them anew when it was overtaken:
 *
 *   expected place --append--> appended
 *                          --> overtaken: the true end is known now, try again; after OVERTAKEN_MAX times under the lock
 *   connection lost: the outcome is unknown --append again--> overtaken, and the entry behind the expected place has our
 *                          link: it was stored the first time
 */
import type { AuditKeys } from './audit-keys.ts';
import {
  FIRST_PLACE,
  linkOf,
  macOf,
  sameBytes,
  type Chain,
  type ChainHead,
  type EntryBody,
} from './chain.ts';
import type { AppendRequest, AuditStore } from './store.ts';

/** One to three processes write one chain; more tries than this mean that many do, and queueing is fairer. */
const OVERTAKEN_MAX = 3;

export interface GroupWriter {
  /** Answers with the new end. A repetition after an error never stores twice. Errors: DatabaseError. */
  write(): Promise<ChainHead>;
}

/** `head` is where the chain was last seen to end, null when it was never looked at. */
export function groupWriter(
  deps: { readonly store: AuditStore; readonly keys: AuditKeys },
  chain: Chain,
  group: { readonly head: ChainHead | null; readonly bodies: readonly EntryBody[] },
): GroupWriter {
  const { store, keys } = deps;
  const { bodies } = group;
  let head: ChainHead = group.head ?? { ...FIRST_PLACE, recordedAtMicros: 0n };

  async function tryOnce(): Promise<ChainHead | null> {
    const request = requestAt(keys, chain, { head, bodies });
    const outcome = await store.append(chain, request);
    if (outcome.status === 'appended') return outcome.head;
    // Entries and place are the same as in the try whose outcome is unknown, so the links are too.
    const [first] = request.links;
    const { nextLink } = outcome;
    if (first !== undefined && nextLink !== null && sameBytes(first, nextLink)) return outcome.head;
    head = outcome.head;
    return null;
  }

  return {
    async write() {
      for (let tries = 0; tries <= OVERTAKEN_MAX; tries += 1) {
        const done = await tryOnce();
        if (done !== null) return done;
      }
      return store.appendLocked(chain, (end) => {
        head = end;
        return requestAt(keys, chain, { head, bodies });
      });
    },
  };
}

function requestAt(
  keys: AuditKeys,
  chain: Chain,
  { head, bodies }: { readonly head: ChainHead; readonly bodies: readonly EntryBody[] },
): AppendRequest {
  const key = keys.chain(chain);
  const links: Buffer[] = [];
  const placed: EntryBody[] = [];
  let { seq, link: previous, recordedAtMicros: last } = head;
  for (const body of bodies) {
    seq += 1n;
    // Times never go back along a chain, whatever the clocks of two machines say.
    last = body.recordedAtMicros > last ? body.recordedAtMicros : last;
    const at = { ...body, recordedAtMicros: last };
    previous = linkOf(key, chain, { seq, previous, body: at });
    links.push(previous);
    placed.push(at);
  }
  const mac = macOf(key, chain, { of: 'head', seq, link: previous });
  return { expected: head, bodies: placed, links, mac };
}
