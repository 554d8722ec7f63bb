/**
 * The operations with their options: one table for the border, which checks them, and the worker, which carries them out.
 */
import { Type, type Static, type TSchema } from 'typebox';
import type { PaperLanguage } from '../core/paper.ts';
import { INPUTS_MAX, PARTS_MAX, THUMBNAIL_WIDTH_MAX } from './limits.ts';

const PAGE = Type.Integer({ minimum: 1, maximum: 10_000 });
/** `1-3,7`: numbers and ranges, from 1, in the order wanted. */
const RANGES = Type.String({
  pattern: '^\\d{1,5}(-\\d{1,5})?(,\\d{1,5}(-\\d{1,5})?)*$',
  maxLength: 2_000,
});
const PASSWORD = Type.String({ minLength: 1, maxLength: 127 });
/** No control characters, nothing that turns the direction of reading, nothing written from the right. */
const LINE = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern:
    '^[^\\u0000-\\u001f\\u007f-\\u009f\\u0590-\\u08ff\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ud800-\\udfff\\ufb1d-\\ufdff\\ufe70-\\ufeff]+$',
});
const PROPERTY = Type.String({ maxLength: 1_000 });

const strict = <Properties extends Record<string, TSchema>>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false });

export const OPTIONS = {
  info: strict({}),
  text: strict({}),
  thumbnail: strict({
    page: Type.Optional(PAGE),
    width: Type.Optional(Type.Integer({ minimum: 16, maximum: THUMBNAIL_WIDTH_MAX })),
  }),
  merge: strict({}),
  split: strict({ parts: Type.Array(RANGES, { minItems: 1, maxItems: PARTS_MAX }) }),
  rotate: strict({
    angle: Type.Union([Type.Literal(90), Type.Literal(180), Type.Literal(270)]),
    pages: Type.Optional(RANGES),
  }),
  reorder: strict({ pages: RANGES }),
  watermark: strict({
    text: LINE,
    opacity: Type.Optional(Type.Number({ minimum: 0.05, maximum: 1 })),
    pages: Type.Optional(RANGES),
  }),
  numberPages: strict({
    start: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    /** `{page}` and `{pages}` are replaced. */
    format: Type.Optional(LINE),
  }),
  protect: strict({
    password: PASSWORD,
    ownerPassword: Type.Optional(PASSWORD),
    print: Type.Optional(Type.Boolean()),
    copy: Type.Optional(Type.Boolean()),
    change: Type.Optional(Type.Boolean()),
  }),
  unlock: strict({ password: Type.String({ maxLength: 127 }) }),
  sanitise: strict({}),
  setMetadata: strict({
    title: Type.Optional(PROPERTY),
    author: Type.Optional(PROPERTY),
    subject: Type.Optional(PROPERTY),
    keywords: Type.Optional(PROPERTY),
  }),
} as const;

export type Operation = keyof typeof OPTIONS;
export type OptionsOf<Name extends Operation> = Static<(typeof OPTIONS)[Name]>;

/** One operation with its options, checked. */
export type Request = {
  readonly [Name in Operation]: { readonly operation: Name; readonly options: OptionsOf<Name> };
}[Operation];

/** What is printed has no inputs: its paper is read when the work begins, so that no job holds what stands on it. */
export interface PrintRequest {
  readonly operation: 'print';
  readonly options: {
    readonly kind: string;
    readonly id: string;
    readonly language: PaperLanguage | null;
  };
}

/** As a job keeps it. */
export type Requested = Request | PrintRequest;

/** Least and most documents that an operation takes. */
export function inputsOf(operation: Operation): { readonly least: number; readonly most: number } {
  return operation === 'merge' ? { least: 2, most: INPUTS_MAX } : { least: 1, most: 1 };
}

export function isOperation(word: string): word is Operation {
  return Object.hasOwn(OPTIONS, word);
}
