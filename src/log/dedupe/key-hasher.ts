import { createHmac } from 'node:crypto';
import type { EventDraft } from '../../core/event.ts';
import { HalfSipHash, type SipKey } from './half-sip-hash.ts';

/** Tenants and sources whose derived keys are kept; beyond it the maps start anew. */
const DERIVED_MAX = 10_000;

interface TenantKeys {
  readonly id: SipKey;
  readonly subject: SipKey;
  readonly sources: Map<string, number>;
}

/**
 * Keyed hashes of ids and subjects. A key hash is 64 bits: the first half depends on tenant and id, the second on
 * tenant, id and source. So one sorted index answers both "is this key stored" (all 64 bits) and "which events have
 * this id" (the first 32). Nothing about a person can be read from them without the secret of the log.
 */
export class KeyHasher {
  readonly #secret: Buffer;
  readonly #sip = new HalfSipHash();
  readonly #tenants = new Map<string, TenantKeys>();
  readonly #statistics = { tenant: new Map<string, number>(), source: new Map<string, number>() };
  /** Result of the last `keyOf` call. */
  high = 0;
  low = 0;

  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  /** Hash of (tenant, source, id) of a draft, or of what has these in the same words. Result in `high` and `low`. */
  keyOf(tenant: string, draft: Pick<EventDraft, 'bytes' | 'idStart' | 'idEnd' | 'source'>): void {
    const keys = this.#keysOf(tenant);
    this.#sip.use(keys.id).hash(draft.bytes, draft.idStart, draft.idEnd);
    this.high = this.#sip.high;
    this.low = mix(this.#sip.low ^ this.#sourceHash(keys, tenant, draft.source));
  }

  /** First half of the key hash of every event of the tenant that has this id. */
  idHalf(tenant: string, id: string): number {
    const bytes = Buffer.from(id);
    this.#sip.use(this.#keysOf(tenant).id).hash(bytes, 0, bytes.length);
    return this.#sip.high;
  }

  /** 32-bit hash of (tenant, subject) of a draft as a signed integer, never 0; 0 without a subject. */
  subjectOf(tenant: string, draft: EventDraft): number {
    if (draft.subjectStart < 0) return 0;
    this.#sip
      .use(this.#keysOf(tenant).subject)
      .hash(draft.bytes, draft.subjectStart, draft.subjectEnd);
    return this.#sip.high || 1;
  }

  /** The same for a subject as text. */
  subject(tenant: string, subject: string): number {
    const bytes = Buffer.from(subject);
    this.#sip.use(this.#keysOf(tenant).subject).hash(bytes, 0, bytes.length);
    return this.#sip.high || 1;
  }

  /** 32-bit hash for the statistics of a batch: `kind` keeps the same text apart in different columns. */
  statistic(kind: 'tenant' | 'source', text: string): number {
    const known = this.#statistics[kind].get(text);
    if (known !== undefined) return known;
    if (this.#statistics[kind].size >= DERIVED_MAX) this.#statistics[kind].clear();
    const hash = derive(this.#secret, kind, text).readInt32LE(0);
    this.#statistics[kind].set(text, hash);
    return hash;
  }

  #keysOf(tenant: string): TenantKeys {
    const known = this.#tenants.get(tenant);
    if (known) return known;
    if (this.#tenants.size >= DERIVED_MAX) this.#tenants.clear();
    const bytes = derive(this.#secret, 'keys', tenant);
    const keys = {
      id: sipKey(bytes, 0),
      subject: sipKey(bytes, 8),
      sources: new Map<string, number>(),
    };
    this.#tenants.set(tenant, keys);
    return keys;
  }

  #sourceHash(keys: TenantKeys, tenant: string, source: string): number {
    const known = keys.sources.get(source);
    if (known !== undefined) return known;
    if (keys.sources.size >= DERIVED_MAX) keys.sources.clear();
    const hash = derive(this.#secret, `source of ${tenant}`, source).readInt32LE(0);
    keys.sources.set(source, hash);
    return hash;
  }
}

function derive(secret: Buffer, purpose: string, text: string): Buffer {
  return createHmac('sha256', secret).update(purpose).update('\0').update(text).digest();
}

function sipKey(bytes: Buffer, at: number): SipKey {
  return { word0: bytes.readInt32LE(at), word1: bytes.readInt32LE(at + 4) };
}

/** Finaliser of MurmurHash3 (public domain): every input bit reaches every output bit. */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
