/** Tokens that people's programs carry for them: random, and only their hash is kept. */
import { hash, randomBytes } from 'node:crypto';

/** 256 bits: guessing is hopeless, so a plain fast hash protects the stored form. */
const TOKEN_BYTES = 32;
/** ASVS 6.5.2 asks for 112 bits and more of what is used once. */
const LINK_BYTES = 16;
const BROWSER_BYTES = 16;

export function newSessionToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** `cl_` and 22 characters. */
export function newLinkToken(): string {
  return `cl_${randomBytes(LINK_BYTES).toString('base64url')}`;
}

/** `cd_` and 43 characters. */
export function newDeviceKey(): string {
  return `cd_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
}

export function newBrowserId(): string {
  return randomBytes(BROWSER_BYTES).toString('base64url');
}

export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
