import { Failure } from '../core/errors.ts';

/** How a request carries its events (HTTP protocol binding 1.0.2, section 1.3, and our streaming form). */
export type ContentMode = 'binary' | 'structured' | 'batch' | 'ndjson';

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const NDJSON: ReadonlySet<string> = new Set(['application/x-ndjson', 'application/ndjson']);
const PREFIX = 'application/cloudevents';

/**
 * The content mode of a request. `hasEventHeaders` says whether it has a header `ce-specversion` or another `ce-`
 * header: then NDJSON is the data of one event in binary mode. Errors: UNSUPPORTED_MEDIA_TYPE.
 */
export function contentModeOf(
  contentType: string | undefined,
  hasEventHeaders: () => boolean,
): ContentMode {
  // The two ways that producers write it; everything else takes the long way.
  if (contentType === BATCH || contentType === `${BATCH}; charset=utf-8`) return 'batch';
  if (contentType === STRUCTURED || contentType === `${STRUCTURED}; charset=utf-8`)
    return 'structured';
  const type = essenceOf(contentType ?? '');
  if (type.startsWith(PREFIX)) {
    if (type !== STRUCTURED && type !== BATCH)
      throw unsupported(`The event format "${type.slice(0, 80)}" is not supported; use JSON.`);
    requireUtf8(contentType ?? '');
    return type === BATCH ? 'batch' : 'structured';
  }
  if (hasEventHeaders()) return 'binary';
  if (NDJSON.has(type)) {
    requireUtf8(contentType ?? '');
    return 'ndjson';
  }
  const shown = type === '' ? 'Without Content-Type' : `With Content-Type "${type.slice(0, 80)}"`;
  throw unsupported(
    `${shown} and without ce- headers this is not a CloudEvent. Send ${STRUCTURED}, ${BATCH} or application/x-ndjson, or add the headers ce-specversion, ce-id, ce-source and ce-type.`,
  );
}

/** `type/subtype` in lower case, without parameters. */
function essenceOf(contentType: string): string {
  const end = contentType.indexOf(';');
  return (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

const PARAMETER = /;[ \t]*([^=;\s"]+)=(?:"((?:[^"\\]|\\.)*)"|([^;\s"]*))/g;

/** The charset parameter in lower case, or null when there is none. */
export function charsetOf(contentType: string): string | null {
  // One after the other: what looks like a parameter within the quotes of another is none.
  for (const [, name, quoted, plain] of contentType.matchAll(PARAMETER))
    if (name?.toLowerCase() === 'charset') return (quoted ?? plain ?? '').toLowerCase();
  return null;
}

/** Errors: UNSUPPORTED_MEDIA_TYPE when the charset is neither UTF-8 nor its subset US-ASCII. */
export function requireUtf8(contentType: string): void {
  const charset = charsetOf(contentType);
  if (charset === null || charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii')
    return;
  throw unsupported(
    `JSON is sent in UTF-8 (RFC 8259, section 8.1), not in "${charset.slice(0, 40)}".`,
  );
}

function unsupported(detail: string): Failure {
  return new Failure('UNSUPPORTED_MEDIA_TYPE', detail);
}
