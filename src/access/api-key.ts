/** What an API key looks like, and the hash under which it is stored. Pure. */
import { hash, randomBytes } from 'node:crypto';

/** 256 bits: guessing is hopeless, so a plain fast hash protects the stored form (no password stretching needed). */
const SECRET_BYTES = 32;
const ID_BYTES = 9;

/** Longest credential that is looked at; COMPTOIR_ADMIN_API_KEY may have 200 characters. */
export const KEY_LENGTH_MAX = 200;
const BEARER = 'bearer ';

export interface NewApiKey {
  readonly id: string;
  /** `ck_<id>_<secret>`, shown once and never stored. */
  readonly key: string;
  readonly keyHash: Buffer;
}

/** A new key with a random id (12 characters) and secret (43 characters). */
export function newApiKey(): NewApiKey {
  const id = newKeyId();
  const key = `ck_${id}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { id, key, keyHash: hashKey(key) };
}

export function newKeyId(): string {
  // `_` separates the parts of a key, so an id has none.
  return randomBytes(ID_BYTES).toString('base64url').replaceAll('_', 'u').replaceAll('-', 'd');
}

/** SHA-256 of the whole key. Looking a hash up leaks nothing by timing about the key it was made from. */
export function hashKey(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}

/** The key in an `authorization` (Bearer) or `x-api-key` header value, or null when there is none in the right form. */
export function keyOfHeaders(headers: {
  readonly authorization?: string | undefined;
  readonly 'x-api-key'?: string | string[] | undefined;
}): string | null {
  const authorization = headers.authorization;
  if (authorization !== undefined) return bearerOf(authorization);
  const key = headers['x-api-key'];
  return typeof key === 'string' && isKey(key) ? key : null;
}

function bearerOf(authorization: string): string | null {
  // What is remembered of a wrong key is the header as it came: not one that is mostly spaces.
  if (authorization.length > BEARER.length + KEY_LENGTH_MAX) return null;
  // The scheme is case-insensitive (RFC 9110, section 11.1).
  if (authorization.slice(0, BEARER.length).toLowerCase() !== BEARER) return null;
  const key = authorization.slice(BEARER.length).trim();
  return isKey(key) ? key : null;
}

function isKey(text: string): boolean {
  return (
    text.length > 0 &&
    text.length <= KEY_LENGTH_MAX &&
    /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text)
  );
}
