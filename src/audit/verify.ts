/**
 * Goes through a chain from its beginning and names the first thing that is not as it was written; damage.ts tells the
 * kinds of damage apart.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditClass } from '../core/audit.ts';
import type { AuditKeys } from './audit-keys.ts';
import {
  FIRST_PLACE,
  linkOf,
  macOf,
  sameBytes,
  type Chain,
  type ChainPlace,
  type StoredEntry,
} from './chain.ts';
import { isGenuine } from './checkpoint.ts';
import { damageOf, ENTRIES_PER_PAGE, type Damage, type VerifyDependencies } from './damage.ts';
import type { StoredCheckpoint, StoredHead } from './store.ts';

/** Some 10 ms. */
const SIGNATURES_PER_TURN = 100;
/** Retention cuts a chain once a day at most; more cuts than this under one verification are something else. */
const READINGS_MAX = 3;

export interface Verified {
  readonly class: AuditClass;
  /** Where the chain begins: 1, or behind the last cut of retention. */
  readonly first: bigint;
  /** Of the last entry that fits; `first` less one when there is none. */
  readonly last: bigint;
  /** Checkpoints of this chain that were compared. */
  readonly checkpoints: number;
  /** Checkpoints that were given and that this installation did not sign. */
  readonly foreign: number;
  readonly damage: Damage | null;
}

/**
 * `given` are checkpoints from outside the database, of this chain; those in the database count as well. Where something is
 * missing and retention, of this process or another, cut the chain meanwhile, it is read again from the new beginning.
 */
export async function verifyChain(
  deps: VerifyDependencies,
  chain: Chain,
  given: readonly StoredCheckpoint[],
): Promise<Verified> {
  for (let readings = 1; ; readings += 1) {
    const verified = await readChain(deps, chain, given);
    if (verified.damage === null || readings === READINGS_MAX) return verified;
    const begin = await beginOf(deps, chain);
    if (begin.seq + 1n === verified.first) return verified;
  }
}

async function readChain(
  deps: VerifyDependencies,
  chain: Chain,
  given: readonly StoredCheckpoint[],
): Promise<Verified> {
  const { store, keys } = deps;
  // The head before the entries: what is appended meanwhile lies behind it.
  const head = await store.head(chain);
  const own = await genuineOf(keys, chain, await store.checkpoints(chain));
  const outside = await genuineOf(keys, chain, given);
  const begin = await beginOf(deps, chain);
  const checkpoints = [...own, ...outside]
    .filter(({ seq }) => seq >= begin.seq)
    .sort((left, right) => (left.seq < right.seq ? -1 : 1));
  const walk = await walkEntries(deps, chain, { begin, checkpoints });
  const damage = walk.damage ?? endDamage(deps, chain, { head, last: walk.last, checkpoints });
  return {
    class: chain.class,
    first: begin.seq + 1n,
    last: walk.last.seq,
    checkpoints: checkpoints.length,
    foreign: given.length - outside.length,
    damage,
  };
}

/** Those that this installation signed. Years of them take seconds to check, in which others have their turns. */
async function genuineOf(
  keys: AuditKeys,
  chain: Chain,
  checkpoints: readonly StoredCheckpoint[],
): Promise<readonly StoredCheckpoint[]> {
  const genuine: StoredCheckpoint[] = [];
  for (const [index, checkpoint] of checkpoints.entries()) {
    if (index % SIGNATURES_PER_TURN === SIGNATURES_PER_TURN - 1) await nextTurn();
    if (isGenuine(keys, chain, checkpoint)) genuine.push(checkpoint);
  }
  return genuine;
}

/** The newest cut that this installation made; one that was put there by hand counts for nothing. */
async function beginOf({ store, keys }: VerifyDependencies, chain: Chain): Promise<ChainPlace> {
  const key = keys.chain(chain);
  const cuts = await store.cuts(chain);
  const cut = cuts.findLast(({ seq, link, mac }) =>
    sameBytes(mac, macOf(key, chain, { of: 'cut', seq, link })),
  );
  return cut ?? FIRST_PLACE;
}

interface Walk {
  readonly last: ChainPlace;
  readonly damage: Damage | null;
}

async function walkEntries(
  deps: VerifyDependencies,
  chain: Chain,
  range: { readonly begin: ChainPlace; readonly checkpoints: readonly StoredCheckpoint[] },
): Promise<Walk> {
  const key = deps.keys.chain(chain);
  const compare = comparer(range.checkpoints);
  let last = range.begin;
  let damage = compare(last);
  while (damage === null) {
    const page = await deps.store.entries(chain, last.seq, ENTRIES_PER_PAGE);
    for (const entry of page) {
      const at = { seq: last.seq + 1n, previous: last.link };
      const fits =
        entry.seq === at.seq && sameBytes(linkOf(key, chain, { ...at, body: entry }), entry.link);
      if (!fits) return { last, damage: await damageOf(deps, chain, { at, entry }) };
      damage = compare(entry);
      if (damage !== null) return { last, damage };
      last = placeOf(entry);
    }
    if (page.length < ENTRIES_PER_PAGE) break;
  }
  return { last, damage };
}

function placeOf({ seq, link }: StoredEntry): ChainPlace {
  return { seq, link };
}

/** Holds each place of the chain, in order, against the checkpoints. */
function comparer(checkpoints: readonly StoredCheckpoint[]): (place: ChainPlace) => Damage | null {
  let next = 0;
  let agreed = 0n;
  return (place) => {
    for (; next < checkpoints.length; next += 1) {
      const checkpoint = checkpoints[next];
      if (checkpoint === undefined || checkpoint.seq > place.seq) return null;
      if (checkpoint.seq < place.seq) continue;
      if (!sameBytes(checkpoint.link, place.link))
        return {
          kind: 'truncated',
          seq: agreed + 1n,
          detail: `The chain was cut and written anew: entry ${place.seq} is not the one that the checkpoint of ${timeOf(checkpoint)} signed.`,
        };
      agreed = checkpoint.seq;
    }
    return null;
  };
}

/** What is left to find when every entry fits: that there were more. */
function endDamage(
  { keys }: VerifyDependencies,
  chain: Chain,
  end: {
    readonly head: StoredHead | null;
    readonly last: ChainPlace;
    readonly checkpoints: readonly StoredCheckpoint[];
  },
): Damage | null {
  const { head, last } = end;
  const seq = last.seq + 1n;
  const newest = end.checkpoints.at(-1);
  if (newest !== undefined && newest.seq > last.seq)
    return {
      kind: 'truncated',
      seq,
      detail: `The chain ends before entry ${newest.seq}, which the checkpoint of ${timeOf(newest)} signed.`,
    };
  if (head === null)
    return last.seq === 0n
      ? null
      : {
          kind: 'truncated',
          seq,
          detail: 'The head of the chain is gone: what it named is not known.',
        };
  if (head.seq === 0n && last.seq === 0n) return null;
  const mac = macOf(keys.chain(chain), chain, { of: 'head', seq: head.seq, link: head.link });
  if (!sameBytes(mac, head.mac))
    return {
      kind: 'truncated',
      seq,
      detail: 'The head of the chain was set by hand: what it named before is not known.',
    };
  if (head.seq > last.seq)
    return { kind: 'truncated', seq, detail: `The chain had ${head.seq} entries.` };
  return null;
}

function timeOf({ madeAtMicros }: StoredCheckpoint): string {
  return new Date(Number(madeAtMicros / 1000n)).toISOString();
}
