/**
 * What of an entry is sealed, and how. Everything but what queries filter by lies in one AES-256-GCM box under a key of
 * the chain:
 *
 *     1 byte version, 2 bytes epoch, 12 bytes nonce, ciphertext, 16 bytes tag
 *
 * `before` and `after` of an entry about one person are sealed under the key of that person first: once the person is
 * erased nobody reads them, and no stored byte changes. Nonces are random, which is safe for 2^32 messages of a key (NIST
 * SP 800-38D, section 8.3), so each month, the epoch, has a key of its own.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { AuditEntry } from '../core/audit.ts';
import type { SealRequest, TextSealer } from '../core/personal-data.ts';
import type { AuditKeys } from './audit-keys.ts';
import type { Chain, EntryBody, StoredEntry } from './chain.ts';
import { bounded, type BoundedEntry } from './entry-bounds.ts';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 3 + NONCE_BYTES;
/** To which fields sealed for a person are bound. */
const DETAILS_TYPE = 'comptoir.audit';
const MARKS = { person: '/person', fields: ['/before', '/after'] } as const;

/** An entry as it was noted, and when. */
export interface NotedEntry {
  readonly entry: AuditEntry;
  readonly atMs: number;
}

/** What the box holds, as JSON. */
interface Content extends Partial<Omit<BoundedEntry, 'action' | 'actor' | 'before' | 'after'>> {
  /** Details in clear, where they are about nobody. */
  readonly details?: { readonly before?: unknown; readonly after?: unknown };
  /** JSON text of details sealed for the one person they are about. */
  readonly personal?: string;
}

/** An entry as it is read back. */
export interface OpenedEntry extends Omit<BoundedEntry, 'omitted'> {
  readonly seq: bigint;
  readonly recordedAtMicros: bigint;
  readonly omitted?: BoundedEntry['omitted'];
  /** True when the stored bytes cannot be read: they were changed, or the key is another one. */
  readonly damaged: boolean;
}

export interface EntryBox {
  /** Errors: UNAVAILABLE when the key store cannot be reached. */
  seal(chain: Chain, entries: readonly NotedEntry[]): Promise<readonly EntryBody[]>;
  /** Never fails for an entry that was tampered with. Errors: UNAVAILABLE. */
  open(chain: Chain, entry: StoredEntry): Promise<OpenedEntry>;
}

export function createEntryBox(keys: AuditKeys, sealer: TextSealer): EntryBox {
  return {
    async seal(chain, noted) {
      const entries = noted.map(({ entry }) => bounded(entry));
      const personal = await sealDetails(sealer, chain.tenant, entries);
      return entries.map((entry, index) => {
        const atMs = noted[index]?.atMs ?? 0;
        const content = contentOf(entry, personal[index]);
        const { action, actor, address } = entry;
        return {
          recordedAtMicros: BigInt(Math.trunc(atMs)) * 1000n,
          action,
          actor,
          address: address === null ? null : keys.addressHash(chain.tenant, address),
          sealed: sealBytes(keys, chain, { atMs, bytes: Buffer.from(JSON.stringify(content)) }),
        };
      });
    },
    async open(chain, entry) {
      const { seq, recordedAtMicros, action, actor } = entry;
      const own = { seq, recordedAtMicros, action, actor };
      const content = contentIn(keys, chain, entry.sealed);
      if (content === null) return { ...own, address: null, damaged: true };
      const { details, personal, address = null, ...rest } = content;
      const shown = personal === undefined ? details : await reveal(sealer, chain, personal);
      return { ...own, ...rest, ...shown, address, damaged: false };
    },
  };
}

/** Texts of details that belong to a person, by index of the entry. */
async function sealDetails(
  sealer: TextSealer,
  tenant: string,
  entries: readonly BoundedEntry[],
): Promise<readonly (string | null)[]> {
  const sealed: (string | null)[] = entries.map(() => null);
  const places: number[] = [];
  const requests: SealRequest[] = [];
  for (const [index, { before, after, subjects }] of entries.entries()) {
    const person = subjects?.[0];
    if (person === undefined || (before === undefined && after === undefined)) continue;
    places.push(index);
    const text = Buffer.from(JSON.stringify({ before, after }));
    requests.push({ type: DETAILS_TYPE, marks: MARKS, otherwise: person, text });
  }
  if (requests.length === 0) return sealed;
  const results = await sealer.sealTexts(tenant, requests);
  for (const [at, result] of results.entries())
    if (result.status === 'sealed')
      sealed[places[at] ?? 0] = Buffer.from(result.bytes).toString('utf8');
  return sealed;
}

/** Details about a person who was erased meanwhile are not kept at all. */
function contentOf(entry: BoundedEntry, personal: string | null | undefined): Content {
  const { action: _action, actor: _actor, before, after, ...rest } = entry;
  if (typeof personal === 'string') return { ...rest, personal };
  const isAboutSomebody = (entry.subjects?.length ?? 0) > 0;
  if (isAboutSomebody || (before === undefined && after === undefined)) return rest;
  return { ...rest, details: { before, after } };
}

function sealBytes(
  keys: AuditKeys,
  chain: Chain,
  { atMs, bytes }: { readonly atMs: number; readonly bytes: Buffer },
): Buffer {
  const epoch = epochOf(atMs);
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(VERSION, 0);
  head.writeUInt16BE(epoch, 1);
  randomBytes(NONCE_BYTES).copy(head, 3);
  const cipher = createCipheriv('aes-256-gcm', keys.seal(chain, epoch), head.subarray(3), {
    authTagLength: TAG_BYTES,
  });
  return Buffer.concat([head, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Null when the bytes are not what was sealed. */
function contentIn(keys: AuditKeys, chain: Chain, sealed: Buffer): Content | null {
  if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] !== VERSION) return null;
  const tagAt = sealed.length - TAG_BYTES;
  const key = keys.seal(chain, sealed.readUInt16BE(1));
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(3, HEAD_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(sealed.subarray(tagAt));
  try {
    const bytes = [decipher.update(sealed.subarray(HEAD_BYTES, tagAt)), decipher.final()];
    // safe because the tag shows that these are bytes that `contentOf` made
    return JSON.parse(Buffer.concat(bytes).toString('utf8')) as Content;
  } catch {
    // Tampered with: verification names it, a listing shows what is left.
    return null;
  }
}

async function reveal(
  sealer: TextSealer,
  { tenant }: Chain,
  text: string,
): Promise<{ readonly before?: unknown; readonly after?: unknown }> {
  const bytes = await sealer.revealText(tenant, DETAILS_TYPE, Buffer.from(text));
  // safe because it was sealed as such an object by this file
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as { before?: unknown; after?: unknown };
}

/** Months since the year 2000. */
function epochOf(atMs: number): number {
  const at = new Date(atMs);
  return (at.getUTCFullYear() - 2000) * 12 + at.getUTCMonth();
}
