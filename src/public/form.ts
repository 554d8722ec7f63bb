/** What a form sent: read once, bounded, from our own pages only. */
import type { FastifyRequest } from 'fastify';
import { Failure } from '../core/errors.ts';
import { rawBody } from '../http/modules/raw-body.ts';

/** The longest form has a note of 1,000 characters; what is longer than any field is refused there, not here. */
export const FORM_BYTES_MAX = 128 * 1024;
const FORM_MS_MAX = 10_000;
/** No form has so many. */
const FIELDS_MAX = 40;

export type Form = ReadonlyMap<string, string>;

/**
 * Fields by name, trimmed, the first of each name; those not named by `fields` are refused. Errors: TOO_LARGE,
 * UNSUPPORTED_MEDIA_TYPE, INPUT_INVALID.
 */
export async function readForm(request: FastifyRequest, fields: readonly string[]): Promise<Form> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded')
    throw new Failure('UNSUPPORTED_MEDIA_TYPE', 'Send the form as the page does.');
  const chunks: Uint8Array[] = [];
  const bounds = { bytesMax: FORM_BYTES_MAX, msMax: FORM_MS_MAX };
  for await (const chunk of rawBody(request, bounds)) chunks.push(chunk);
  return fieldsOf(Buffer.concat(chunks).toString('utf8'), fields);
}

export function fieldsOf(text: string, fields: readonly string[]): Form {
  const form = new Map<string, string>();
  let seen = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    seen += 1;
    if (seen > FIELDS_MAX) throw invalid('The form has more fields than any of ours.');
    if (!fields.includes(name)) throw invalid('The form has a field that ours has not.');
    if (!form.has(name)) form.set(name, cleaned(value));
  }
  return form;
}

/** Control characters have no place in what a person writes; a line break has. */
function cleaned(value: string): string {
  return (
    value
      .replaceAll('\r\n', '\n')
      // oxlint-disable-next-line no-control-regex -- safe because they are what is taken out
      .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '')
      .trim()
  );
}

function invalid(detail: string): Failure {
  return new Failure('INPUT_INVALID', detail);
}

/**
 * Whether a page of another site sent the form (Fetch Metadata, W3C 2021; RFC 6454, section 7). Nobody is signed in here,
 * so what another site could do it could do by itself; it must not do it from the address of a visitor. Browsers that
 * say nothing and programs pass: they are bounded by limits as everybody is.
 *
 * A page whose address holds a token sends no referrer, so browsers call its origin `null` (Fetch, section 3.2), and where
 * the server is reached over plain HTTP they say nothing else. Nobody but that page knows the token.
 */
export function isFromElsewhere(
  { headers }: Pick<FastifyRequest, 'headers'>,
  { hasToken = false }: { readonly hasToken?: boolean } = {},
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = headers;
  if (origin === undefined) return false;
  try {
    return new URL(origin).host !== host;
  } catch {
    // `null`: of a frame without origin, or of a page that tells nobody its address.
    return !(hasToken && origin === 'null');
  }
}
