/**
 * Names of files at rest. A name such as "CV of Ana.pdf" is personal: where the document belongs to a person it is sealed with
 * that person's key, so that erasing them makes it unreadable in backups too, else with a key of the installation, bound
 * to tenant and document.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Failure } from '../core/errors.ts';
import type { TextSealer } from '../core/personal-data.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Type that the sealed name is bound to. */
const SEALED_TYPE = 'comptoir.document.name.v1';
const MARKS = { person: '/person', fields: ['/name'], type: SEALED_TYPE };

export interface NameKeys {
  readonly personal: Pick<TextSealer, 'sealTexts' | 'revealText'>;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** Whose name it is. */
export interface Named {
  readonly tenant: string;
  readonly id: string;
  readonly person: string | null;
}

/** Errors: PERSON_ERASED, UNAVAILABLE. */
export async function sealName(keys: NameKeys, of: Named, name: string): Promise<Buffer> {
  const { tenant, person } = of;
  if (person === null) return sealed(keys.key, of, name);
  const text = Buffer.from(JSON.stringify({ person, name }));
  const request = { type: SEALED_TYPE, marks: MARKS, otherwise: null, text };
  const [result] = await keys.personal.sealTexts(tenant, [request]);
  if (result?.status === 'erased')
    throw new Failure('PERSON_ERASED', 'The person of this document was erased.');
  if (result?.status !== 'sealed') throw new TypeError('the name of a document was not sealed');
  // The row names the person already; here they are known by the sealed box alone.
  const { name: box } = parsed(result.bytes);
  return Buffer.from(JSON.stringify({ name: box }));
}

/** Null when the person was erased. Errors: UNAVAILABLE. */
export async function openName(
  keys: NameKeys,
  of: Named,
  stored: Uint8Array,
): Promise<string | null> {
  if (of.person === null) return opened(keys.key, of, stored);
  const { name } = parsed(await keys.personal.revealText(of.tenant, SEALED_TYPE, stored));
  return typeof name === 'string' ? name : null;
}

function boundTo({ tenant, id }: Named): Buffer {
  return Buffer.from(JSON.stringify([tenant, id]));
}

function sealed(key: Uint8Array, of: Named, name: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(of));
  return Buffer.concat([nonce, cipher.update(name), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when it was changed or belongs to another document. */
function opened(key: Uint8Array, of: Named, stored: Uint8Array): string {
  const tagAt = stored.length - TAG_BYTES;
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv('aes-256-gcm', key, stored.subarray(0, NONCE_BYTES), options)
    .setAAD(boundTo(of))
    .setAuthTag(stored.subarray(tagAt));
  const text = [decipher.update(stored.subarray(NONCE_BYTES, tagAt)), decipher.final()];
  return Buffer.concat(text).toString();
}

function parsed(json: Uint8Array): Readonly<Record<string, unknown>> {
  // safe because it is what sealing made of an object
  return JSON.parse(Buffer.from(json).toString()) as Readonly<Record<string, unknown>>;
}
