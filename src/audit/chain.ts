/**
 * The chain: each entry carries a keyed hash over what is stored of it and over the link before. Whoever can write to the
 * database but has no key can neither change, add, drop nor move an entry without a link that no longer fits.
 *
 * The hash is over stored bytes, which are encrypted: destroying the key of a person changes none of them.
 */
import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { AuditClass } from '../core/audit.ts';

export const AUDIT_CLASSES: readonly AuditClass[] = ['audit', 'security', 'access'];

export interface Chain {
  readonly tenant: string;
  readonly class: AuditClass;
}

/** A place in a chain: seq counts 1, 2, 3 ... without gaps, 0 is before the first entry. */
export interface ChainPlace {
  readonly seq: bigint;
  /** 32 bytes; of the entry with this seq. */
  readonly link: Buffer;
}

export interface ChainHead extends ChainPlace {
  /** Microseconds since the epoch, of the newest entry. */
  readonly recordedAtMicros: bigint;
}

/** An entry as it is stored, before it has a place. */
export interface EntryBody {
  /** Microseconds since the epoch. */
  readonly recordedAtMicros: bigint;
  readonly action: string;
  readonly actor: string | null;
  /** Keyed hash of the client's address. */
  readonly address: Buffer | null;
  readonly sealed: Buffer;
}

export interface StoredEntry extends EntryBody, ChainPlace {}

export const LINK_BYTES = 32;
export const FIRST_PLACE: ChainPlace = { seq: 0n, link: Buffer.alloc(LINK_BYTES) };

/** The link of an entry that stands at `seq` behind an entry with the link `previous`. */
export function linkOf(
  key: KeyObject,
  chain: Chain,
  at: { readonly seq: bigint; readonly previous: Buffer; readonly body: EntryBody },
): Buffer {
  const { action, actor, address, sealed, recordedAtMicros } = at.body;
  const head = [
    'comptoir audit entry 1',
    chain.tenant,
    chain.class,
    String(at.seq),
    String(recordedAtMicros),
    action,
    actor,
    address?.toString('hex') ?? null,
  ];
  return hashOf(key, head, [at.previous, sealed]);
}

/** Keyed hash of a head or a cut, so that one set by hand is told from one that was written. */
export function macOf(
  key: KeyObject,
  chain: Chain,
  place: ChainPlace & { readonly of: 'head' | 'cut' },
): Buffer {
  const head = [`comptoir audit ${place.of} 1`, chain.tenant, chain.class, String(place.seq)];
  return hashOf(key, head, [place.link]);
}

export function sameBytes(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A JSON array and its length come first, so no two inputs have the same bytes. */
function hashOf(
  key: KeyObject,
  head: readonly (string | null)[],
  parts: readonly Buffer[],
): Buffer {
  const text = JSON.stringify(head);
  const hmac = createHmac('sha256', key).update(`${Buffer.byteLength(text)}:${text}`);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}
