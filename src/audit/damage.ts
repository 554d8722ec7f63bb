/**
 * Which kind of damage it is, once an entry was found that does not fit. Slow and thorough: it runs once a verification.
 *
 *   changed     the contents do not fit their link, and something that only the key can make vouches for the link
 *   missing     a seq is left out, or what follows was moved up into its place
 *   reordered   the entry that belongs here stands elsewhere
 *   forged      the link was not made with the key, and nothing shows what stood here
 *   truncated   the chain ends before a place that its head or a checkpoint names, or was written anew since (verify.ts)
 */
import type { KeyObject } from 'node:crypto';
import type { AuditKeys } from './audit-keys.ts';
import { linkOf, macOf, sameBytes, type Chain, type StoredEntry } from './chain.ts';
import { isGenuine } from './checkpoint.ts';
import type { AuditStore } from './store.ts';

/** A few megabytes at once. */
export const ENTRIES_PER_PAGE = 1_000;

export type DamageKind = 'changed' | 'missing' | 'reordered' | 'forged' | 'truncated';

export interface Damage {
  readonly kind: DamageKind;
  /** Of the first entry that is not as it was written. */
  readonly seq: bigint;
  /** One sentence. */
  readonly detail: string;
}

export interface VerifyDependencies {
  readonly store: AuditStore;
  readonly keys: AuditKeys;
}

/** How many removed entries in a row are recognised when all that follow were renumbered. */
const RENUMBERED_MAX = 64n;

export interface Misfit {
  /** Where it should stand, and the link before, which is genuine. */
  readonly at: { readonly seq: bigint; readonly previous: Buffer };
  /** What stands there, or behind a gap. */
  readonly entry: StoredEntry;
}

export async function damageOf(
  deps: VerifyDependencies,
  chain: Chain,
  { at, entry }: Misfit,
): Promise<Damage> {
  const key = deps.keys.chain(chain);
  const { seq } = at;
  const elsewhere = await findGenuine(deps, chain, { key, at });
  if (elsewhere !== null)
    return {
      kind: 'reordered',
      seq,
      detail: `The entry that belongs at ${seq} stands at ${elsewhere}.`,
    };
  if (entry.seq > seq)
    return { kind: 'missing', seq, detail: `Between ${seq - 1n} and ${entry.seq} nothing stands.` };
  const [next] = await deps.store.entries(chain, entry.seq, 1);
  const removed = next === undefined ? 0n : removedBefore(key, chain, { entry, next });
  if (removed > 0n)
    return {
      kind: 'missing',
      seq,
      detail: `What follows was moved up by ${removed} into the place of what is missing.`,
    };
  const links = [entry.link, linkOf(key, chain, { ...at, body: entry })];
  for (const link of links)
    if (await isVouchedFor(deps, chain, { key, seq, link, next }))
      return { kind: 'changed', seq, detail: 'Its contents do not fit its link.' };
  return { kind: 'forged', seq, detail: 'Its link was not made with the key of the chain.' };
}

/** The seq under which the entry stands that belongs at the place. */
async function findGenuine(
  { store }: VerifyDependencies,
  chain: Chain,
  { key, at }: { readonly key: KeyObject; readonly at: Misfit['at'] },
): Promise<bigint | null> {
  for (let after = at.seq - 1n; ;) {
    const page = await store.entries(chain, after, ENTRIES_PER_PAGE);
    for (const entry of page)
      if (sameBytes(linkOf(key, chain, { ...at, body: entry }), entry.link)) return entry.seq;
    after = page.at(-1)?.seq ?? after;
    if (page.length < ENTRIES_PER_PAGE) return null;
  }
}

/** How many entries were taken out before these two, if both were renumbered to close the gap; else 0. */
function removedBefore(
  key: KeyObject,
  chain: Chain,
  { entry, next }: { readonly entry: StoredEntry; readonly next: StoredEntry },
): bigint {
  for (let removed = 1n; removed <= RENUMBERED_MAX; removed += 1n) {
    const link = linkOf(key, chain, {
      seq: next.seq + removed,
      previous: entry.link,
      body: next,
    });
    if (sameBytes(link, next.link)) return removed;
  }
  return 0n;
}

/** Whether something that nobody without the key can make says that the entry at `seq` has this link. */
async function isVouchedFor(
  { store, keys }: VerifyDependencies,
  chain: Chain,
  of: {
    readonly key: KeyObject;
    readonly seq: bigint;
    readonly link: Buffer;
    readonly next: StoredEntry | undefined;
  },
): Promise<boolean> {
  const { key, seq, link, next } = of;
  if (next !== undefined) {
    const following = linkOf(key, chain, { seq: next.seq, previous: link, body: next });
    if (sameBytes(following, next.link)) return true;
  }
  const head = await store.head(chain);
  const mac = macOf(key, chain, { of: 'head', seq, link });
  if (head !== null && sameBytes(mac, head.mac)) return true;
  const checkpoints = await store.checkpoints(chain);
  return checkpoints.some(
    (each) => each.seq === seq && sameBytes(each.link, link) && isGenuine(keys, chain, each),
  );
}
