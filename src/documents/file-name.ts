/**
 * The name that a sender gives to a file, from `Content-Disposition` (RFC 6266). Only a name to be shown comes out: no path,
 * no control characters, none that turn the direction of writing, so that `gpj.exe` cannot look like `exe.jpg`.
 */
import { Failure } from '../core/errors.ts';
import type { Parameter } from '../http/route.ts';

/** What the file systems in use allow. */
export const NAME_LENGTH_MAX = 255;
/** Nine bytes for each character where all of them are escaped, and a second spelling of it. */
const HEADER_LENGTH_MAX = 4096;

export const FILE_NAME: Parameter = {
  name: 'Content-Disposition',
  in: 'header',
  description:
    'Names the file, as `attachment; filename="menu.pdf"` or `filename*=UTF-8\'\'...` (RFC 6266). It is shown to whoever may read ' +
    'the document, kept sealed, and goes with it.',
  schema: { type: 'string', maxLength: HEADER_LENGTH_MAX },
};

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+/;
const QUOTED = /^"((?:[^"\\]|\\.)*)"/;
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Null where none is given. Errors: INPUT_INVALID for a header that is not of its form. */
export function fileNameOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (header.length > HEADER_LENGTH_MAX) throw malformed('is too long');
  const parameters = parametersOf(header);
  const extended = parameters.get('filename*');
  const plain = parameters.get('filename');
  if (extended !== undefined) return shownName(decoded(extended));
  return plain === undefined ? null : shownName(asUtf8(plain));
}

function parametersOf(header: string): ReadonlyMap<string, string> {
  const type = TOKEN.exec(header)?.[0];
  if (type === undefined) throw malformed('has no type, such as `attachment`');
  const found = new Map<string, string>();
  let rest = header.slice(type.length).trim();
  while (rest !== '') {
    if (!rest.startsWith(';')) throw malformed('has something behind a value');
    rest = rest.slice(1).trimStart();
    const name = TOKEN.exec(rest)?.[0];
    if (name === undefined || rest[name.length] !== '=') throw malformed('has a part without `=`');
    rest = rest.slice(name.length + 1);
    const quoted = QUOTED.exec(rest);
    const whole = quoted?.[0] ?? TOKEN.exec(rest)?.[0];
    if (whole === undefined) throw malformed('has a value that is not closed');
    const key = name.toLowerCase();
    if (found.has(key)) throw malformed(`names \`${key}\` twice`);
    found.set(key, quoted?.[1]?.replaceAll(/\\(.)/gs, '$1') ?? whole);
    rest = rest.slice(whole.length).trim();
  }
  return found;
}

/** `UTF-8'en'na%C3%AFve.pdf` (RFC 8187); nothing but UTF-8 is asked of anybody any more. */
function decoded(value: string): string {
  const escaped = /^utf-8'[\w-]*'((?:%[0-9a-f]{2}|[!#$&+.^_`|~\w-])*)$/i.exec(value)?.[1];
  if (escaped === undefined) throw malformed("has a `filename*` that is not UTF-8''...");
  try {
    return decodeURIComponent(escaped);
  } catch {
    throw malformed('has a `filename*` whose bytes are not UTF-8');
  }
}

/** Headers come as Latin-1; programs that send UTF-8 in them are more than those that do not. */
function asUtf8(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

function shownName(given: string): string | null {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const name = last.normalize('NFC').replaceAll(CONTROLS, '').trim();
  if (name === '' || name === '.' || name === '..') return null;
  // Not in the middle of a character that takes two.
  return name.slice(0, NAME_LENGTH_MAX).replace(/[\ud800-\udbff]$/, '');
}

function malformed(why: string): Failure {
  const message = `Content-Disposition ${why}.`;
  return new Failure('INPUT_INVALID', message, {
    errors: [{ at: 'Content-Disposition', message, code: 'WRONG_FORM' }],
  });
}

/** For a header of ours: what no reader can mistake, and beside it the name as it is. */
export function dispositionOf(served: {
  readonly fileName: string;
  readonly givenName: string | null;
}): string {
  const { fileName, givenName } = served;
  const plain = `attachment; filename="${fileName}"`;
  if (givenName === null) return plain;
  // What encodeURIComponent leaves and RFC 8187 does not.
  const escaped = encodeURIComponent(givenName.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `${plain}; filename*=UTF-8''${escaped}`;
}
