/** Options of a job at rest: they may hold the password of a document. AES-256-GCM, bound to the job. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Requested } from './operations.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function sealRequest(key: Uint8Array, jobId: string, request: Requested): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(jobId));
  const text = Buffer.from(JSON.stringify(request));
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when it was changed or belongs to another job. */
export function openRequest(key: Uint8Array, jobId: string, sealed: Uint8Array): Requested {
  const tagAt = sealed.length - TAG_BYTES;
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), options)
    .setAAD(Buffer.from(jobId))
    .setAuthTag(sealed.subarray(tagAt));
  const text = Buffer.concat([
    decipher.update(sealed.subarray(NONCE_BYTES, tagAt)),
    decipher.final(),
  ]);
  // safe because it was checked before it was sealed, and the tag says that nobody changed it
  return JSON.parse(text.toString()) as Requested;
}
