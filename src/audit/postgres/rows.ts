/** Rows of the audit tables as values. */
import type { Chain, ChainHead, StoredEntry } from '../chain.ts';
import type { StoredCheckpoint, StoredCut } from '../store.ts';

/** Of a chain, in the order of every key: bucket, tenant, class. */
export type ChainKey = readonly [bucket: number, tenant: string, className: string];
export type KeyOf = (chain: Chain) => ChainKey;

export interface HeadRow {
  readonly seq: bigint;
  readonly link: Buffer;
  readonly recorded_at: bigint;
}

export interface EntryRow extends HeadRow {
  readonly action: string;
  readonly actor: string | null;
  readonly address: Buffer | null;
  readonly sealed: Buffer;
}

export const ENTRY_COLUMNS = 'e.seq, e.recorded_at, e.action, e.actor, e.address, e.sealed, e.link';

export function headOf({ seq, link, recorded_at: recordedAtMicros }: HeadRow): ChainHead {
  return { seq, link, recordedAtMicros };
}

export function entryOf(row: EntryRow): StoredEntry {
  const { action, actor, address, sealed } = row;
  return { ...headOf(row), action, actor, address, sealed };
}

export interface CheckpointRow {
  readonly seq: bigint;
  readonly link: Buffer;
  readonly made_at: bigint;
  readonly signature: Buffer;
}

export function checkpointOf(row: CheckpointRow): StoredCheckpoint {
  const { seq, link, made_at: madeAtMicros, signature } = row;
  return { seq, link, madeAtMicros, signature };
}

export type CutRow = StoredCut;
