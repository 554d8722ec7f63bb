/** What tails must have received, from the numbers of the events that were sent. */
import type { Identity } from '../corpus/patch.ts';
import { idOf } from '../corpus/patch.ts';
import type { Tally } from './messages.ts';
import { idWord } from './reader.ts';

export interface SentEvents {
  readonly identity: Identity;
  readonly first: number;
  readonly count: number;
  /** Event n is wanted by the tail with the index `n % tails`. */
  readonly tails: number;
}

/**
 * Throws when a tail did not receive exactly its events: a frame that was wrong, an event lost, doubled or foreign.
 * Together with the ascending positions that the reader checks, count and sum leave no room but a collision of sums.
 */
export function assertDelivered(tallies: readonly Tally[], sent: SentEvents): void {
  const expected = Array.from({ length: sent.tails }, () => ({ events: 0, idSum: 0 }));
  for (let number = sent.first; number < sent.first + sent.count; number += 1) {
    const own = expected[number % sent.tails];
    if (own === undefined) continue;
    own.events += 1;
    own.idSum = (own.idSum + idWord(idOf(sent.identity, number))) >>> 0;
  }
  if (tallies.length !== sent.tails)
    throw new Error(`${tallies.length} of ${sent.tails} tails were read.`);
  const wrong = tallies.flatMap(({ events, idSum, problem }, index) => {
    const own = expected[index];
    if (problem !== undefined) return [`tail ${index}: ${problem}`];
    if (own?.events !== events) return [`tail ${index}: ${events} events, not ${own?.events}`];
    return own.idSum === idSum ? [] : [`tail ${index}: other events than its own`];
  });
  if (wrong.length > 0)
    throw new Error(`${wrong.length} of ${sent.tails} tails were not served: ${wrong[0]}`);
}
