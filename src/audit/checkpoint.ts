/**
 * A signed statement of where a chain stood: what shows that its tail was cut, which the chain alone cannot. As a line of
 * JSON it goes to a file outside the database and to the output of the log; whoever keeps either can check later.
 */
import type { AuditClass } from '../core/audit.ts';
import type { AuditKeys } from './audit-keys.ts';
import { AUDIT_CLASSES, LINK_BYTES, type Chain, type ChainPlace } from './chain.ts';
import type { StoredCheckpoint } from './store.ts';

/** As it is written: one line of JSON. */
export interface CheckpointLine {
  readonly tenant: string;
  readonly class: AuditClass;
  readonly seq: number;
  /** The link of the entry, hexadecimal. */
  readonly hash: string;
  /** RFC 3339 with milliseconds, when it was made. */
  readonly time: string;
  /** Ed25519 over the members before it, base64url. */
  readonly signature: string;
}

export function makeCheckpoint(
  keys: AuditKeys,
  chain: Chain,
  at: { readonly place: ChainPlace; readonly nowMs: number },
): StoredCheckpoint {
  const { seq, link } = at.place;
  const madeAtMicros = BigInt(Math.trunc(at.nowMs)) * 1000n;
  const signature = keys.sign(signedBytes(chain, { seq, link, madeAtMicros }));
  return { seq, link, madeAtMicros, signature };
}

export function isGenuine(keys: AuditKeys, chain: Chain, checkpoint: StoredCheckpoint): boolean {
  return keys.verify(signedBytes(chain, checkpoint), checkpoint.signature);
}

export function lineOf(chain: Chain, checkpoint: StoredCheckpoint): CheckpointLine {
  return {
    tenant: chain.tenant,
    class: chain.class,
    seq: Number(checkpoint.seq),
    hash: checkpoint.link.toString('hex'),
    time: timeOf(checkpoint.madeAtMicros),
    signature: checkpoint.signature.toString('base64url'),
  };
}

/** Null when it is no checkpoint; whether it is genuine is another question. */
export function checkpointIn(
  value: unknown,
): { chain: Chain; checkpoint: StoredCheckpoint } | null {
  if (typeof value !== 'object' || value === null) return null;
  const line: Partial<Record<keyof CheckpointLine, unknown>> = value;
  const { tenant, seq, hash, time, signature } = line;
  const of = AUDIT_CLASSES.find((known) => known === line.class);
  const madeAtMs = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  if (of === undefined || typeof tenant !== 'string' || Number.isNaN(madeAtMs)) return null;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1) return null;
  if (typeof hash !== 'string' || typeof signature !== 'string') return null;
  const link = Buffer.from(hash, 'hex');
  if (link.length !== LINK_BYTES) return null;
  const madeAtMicros = BigInt(Math.trunc(madeAtMs)) * 1000n;
  const checkpoint = {
    seq: BigInt(seq),
    link,
    madeAtMicros,
    signature: Buffer.from(signature, 'base64url'),
  };
  return { chain: { tenant, class: of }, checkpoint };
}

function signedBytes(chain: Chain, of: Omit<StoredCheckpoint, 'signature'>): Buffer {
  return Buffer.from(
    JSON.stringify([
      'comptoir audit checkpoint 1',
      chain.tenant,
      chain.class,
      String(of.seq),
      of.link.toString('hex'),
      timeOf(of.madeAtMicros),
    ]),
  );
}

function timeOf(micros: bigint): string {
  return new Date(Number(micros / 1000n)).toISOString();
}
