/** Headers that steer a command: If-Match and Idempotency-Key. */
import type { IncomingHttpHeaders } from 'node:http';
import { invalid } from '../query-input.ts';

/** Room for several identifiers joined; short enough for an index. */
export const IDEMPOTENCY_KEY_LENGTH_MAX = 255;
/** Versions are 63-bit numbers in the log. */
const VERSION = /^\d{1,18}$/;

/**
 * The version of `If-Match: "5"`. `*` asks only that there is something, which a follow-up command asks anyway. A weak
 * tag or a list never stands for one version (RFC 9110, section 13.1.1), so they are refused: INPUT_INVALID.
 */
export function expectedVersionOf(headers: IncomingHttpHeaders): bigint | undefined {
  const text = headers['if-match'];
  if (text === undefined || text === '*') return undefined;
  const version = /^"(.*)"$/.exec(text)?.[1] ?? '';
  if (!VERSION.test(version))
    throw invalid('If-Match', 'must be one version in quotes, as "5".', 'NO_QUOTED_VERSION');
  return BigInt(version);
}

/**
 * The key of `Idempotency-Key`, as a structured string in quotes (draft-ietf-httpapi-idempotency-key-header) or bare;
 * both forms name the same key. Errors: INPUT_INVALID when empty, longer than 255 or not printable ASCII.
 */
export function idempotencyKeyOf(headers: IncomingHttpHeaders): string | undefined {
  const text = headers['idempotency-key'];
  if (text === undefined) return undefined;
  const key = typeof text === 'string' ? unquoted(text) : null;
  if (key === null || !/^[\x20-\x7e]+$/.test(key))
    throw invalid(
      'Idempotency-Key',
      'must be one key of printable ASCII characters.',
      'NO_HEADER_KEY',
    );
  if (key.length > IDEMPOTENCY_KEY_LENGTH_MAX)
    throw invalid('Idempotency-Key', `may have ${IDEMPOTENCY_KEY_LENGTH_MAX} characters at most.`, {
      code: 'TOO_LONG',
      params: { limit: IDEMPOTENCY_KEY_LENGTH_MAX },
    });
  return key;
}

/** A structured string (RFC 8941, section 3.3.3) without its quotes and escapes; null when its quotes do not match. */
function unquoted(text: string): string | null {
  if (!text.startsWith('"')) return text;
  if (!/^"(?:[^"\\]|\\["\\])*"$/.test(text)) return null;
  return text.slice(1, -1).replaceAll(/\\(["\\])/g, '$1');
}
