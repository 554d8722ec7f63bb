/** SHA-256 for routes of modules: at once, because a digest of Web Crypto takes a turn of the thread pool each time. */
import { hash } from 'node:crypto';

/** In base64url: 43 characters. */
export function sha256Text(text: string): string {
  return hash('sha256', text, 'base64url');
}

export function sha256Bytes(text: string): Uint8Array {
  return hash('sha256', text, 'buffer');
}
