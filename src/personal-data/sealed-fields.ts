/** Sealed fields within JSON text. */
import { compactJson } from '../core/content-equality.ts';
import type { PersonalMarks } from '../core/event-type.ts';
import type { PersonReference } from '../core/personal-data.ts';
import { stringText, visitFields, type FieldRange } from './json-fields.ts';
import type { KeyView } from './key-ring.ts';
import {
  BOX_START,
  openBox,
  parseBox,
  sealBox,
  type BoxPlace,
  type DataKey,
  type ParsedBox,
} from './sealed-box.ts';

const NULL = Buffer.from('null');
const BOX_START_BYTES = Buffer.from(BOX_START);
/** Names that look like ours get a dollar sign more while the text is sealed, so that a box is always one of ours. */
const CLEAR_NAME = /^"\$+sealed"$/;
const ESCAPED_NAME = /^"\$\$+sealed"$/;
const NAME_LENGTH_MAX = 64;

export interface MarkedFields {
  readonly text: Buffer;
  /** Those that are present and not null. */
  readonly fields: readonly FieldRange[];
  readonly personId: string | null;
  /** Places behind the quote of names that must be told from ours. */
  readonly escapes: readonly number[];
}

/** Finds marked fields and the person; of a name that stands twice the last counts for the person, as in JSON.parse. */
export function findMarked(text: Buffer, marks: PersonalMarks): MarkedFields {
  const wanted = new Set(marks.fields);
  const fields: FieldRange[] = [];
  const escapes: number[] = [];
  let personId: string | null = null;
  visitFields(text, {
    wants(pointer, start) {
      if (pointer === marks.person) personId = idAt(text, start);
      return wanted.has(pointer);
    },
    take(range) {
      if (!NULL.equals(text.subarray(range.start, range.end))) fields.push(range);
    },
    name(start, end) {
      if (isName(text, { start, end, like: CLEAR_NAME })) escapes.push(start + 1);
    },
  });
  // Nothing inside a marked field was visited.
  if (marks.fields.some((field) => marks.person.startsWith(`${field}/`)))
    personId = idWithin(text, marks.person);
  return { text, fields, personId, escapes };
}

function idWithin(text: Buffer, person: string): string | null {
  let found: string | null = null;
  visitFields(text, {
    wants(pointer, start) {
      if (pointer === person) found = idAt(text, start);
      return false;
    },
    take() {},
  });
  return found;
}

/** Text or number; the lexeme of a number, so that 10 and 10.0 are two persons as they are two texts. */
function idAt(text: Buffer, start: number): string | null {
  const first = text[start];
  if (first === 0x22) {
    let end = start + 1;
    while (end < text.length && text[end] !== 0x22) end += text[end] === 0x5c ? 2 : 1;
    const id = stringText(text, start, end + 1);
    return id === '' ? null : id;
  }
  const number = /^-?[0-9][0-9.eE+-]*/.exec(text.toString('latin1', start, start + 40));
  return number?.[0] ?? null;
}

/** The text with the marked fields sealed; `place` names tenant, person and type. */
export function sealFields(
  found: MarkedFields,
  place: Omit<BoxPlace, 'pointer'>,
  key: DataKey,
): Buffer {
  const edits: Edit[] = found.escapes.map((at) => ({ start: at, end: at, bytes: DOLLAR }));
  for (const { pointer, start, end } of found.fields) {
    const value = compactJson(found.text.subarray(start, end));
    edits.push({ start, end, bytes: Buffer.from(sealBox(value, { ...place, pointer }, key)) });
  }
  return edited(found.text, edits);
}

export interface SealedText {
  readonly text: Buffer;
  readonly boxes: readonly (FieldRange & { readonly box: ParsedBox })[];
  readonly escapes: readonly number[];
}

/** Throws a TypeError when a box cannot be read. */
export function findSealed(text: Buffer): SealedText {
  const boxes: (FieldRange & { box: ParsedBox })[] = [];
  const escapes: number[] = [];
  visitFields(text, {
    wants: (_pointer, start) => {
      // An object near the end of the text may be shorter than the beginning of a box.
      const end = Math.min(text.length, start + BOX_START_BYTES.length);
      return text[start] === 0x7b && BOX_START_BYTES.compare(text, start, end) === 0;
    },
    take(range) {
      boxes.push({ ...range, box: parseBox(text, range.start, range.end) });
    },
    name(start, end) {
      if (isName(text, { start, end, like: ESCAPED_NAME })) escapes.push(start + 1);
    },
  });
  return { text, boxes, escapes };
}

export function referencesOf(sealed: SealedText): readonly PersonReference[] {
  return [...new Set(sealed.boxes.map(({ box }) => box.reference))];
}

/** The text in clear; null where the person was erased. Throws when a key was not loaded or a box does not open. */
export function revealFields(
  sealed: SealedText,
  place: Omit<BoxPlace, 'pointer' | 'reference'>,
  keys: KeyView,
): Buffer {
  const edits: Edit[] = sealed.escapes.map((at) => ({ start: at, end: at + 1, bytes: NOTHING }));
  for (const { pointer, start, end, box } of sealed.boxes) {
    const key = keys(box.reference);
    if (key === undefined) throw new TypeError('the key of a sealed field was not loaded');
    const bytes = key === 'erased' ? NULL : openBox(box, { ...place, pointer }, key);
    edits.push({ start, end, bytes });
  }
  return edited(sealed.text, edits);
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly bytes: Buffer;
}

const DOLLAR = Buffer.from('$');
const NOTHING = Buffer.alloc(0);

function edited(text: Buffer, edits: Edit[]): Buffer {
  edits.sort((a, b) => a.start - b.start);
  const parts: Buffer[] = [];
  let at = 0;
  for (const { start, end, bytes } of edits) {
    parts.push(text.subarray(at, start), bytes);
    at = end;
  }
  parts.push(text.subarray(at));
  return Buffer.concat(parts);
}

function isName(text: Buffer, name: { start: number; end: number; like: RegExp }): boolean {
  const { start, end, like } = name;
  if (text[start + 1] !== 0x24 || end - start > NAME_LENGTH_MAX) return false;
  return like.test(text.toString('latin1', start, end));
}
