/** A state as the bytes of a snapshot, with a checksum over all that it depends on. Pure. */
import { hash } from 'node:crypto';
import type { Snapshot, SnapshotPlace } from './snapshots.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export function encodeSnapshot(
  place: SnapshotPlace,
  taken: Omit<Snapshot, 'state' | 'checksum'> & { readonly state: unknown },
): Snapshot {
  const state = encoder.encode(JSON.stringify(taken.state));
  const snapshot = { ...taken, state };
  return { ...snapshot, checksum: checksumOf(place, snapshot) };
}

/** The state, undefined when the snapshot is not what was written for this place. */
export function decodeSnapshot(
  place: SnapshotPlace,
  snapshot: Snapshot,
): { state: unknown } | undefined {
  if (Buffer.compare(checksumOf(place, snapshot), snapshot.checksum) !== 0) return undefined;
  try {
    return { state: JSON.parse(decoder.decode(snapshot.state)) as unknown };
  } catch {
    // A writer with a defect; the events are all there.
    return undefined;
  }
}

/** SHA-256 over place, version, event and state: a row that was damaged, copied or mixed up does not match. */
export function checksumOf(
  { tenant, stream, stateVersion }: SnapshotPlace,
  { version, eventId, state }: Pick<Snapshot, 'version' | 'eventId' | 'state'>,
): Uint8Array {
  const head = JSON.stringify([tenant, stream, stateVersion, version.toString(), eventId]);
  return hash('sha256', Buffer.concat([encoder.encode(head), state]), 'buffer');
}
