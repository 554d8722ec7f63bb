/**
 * How an error is written to the log: name, code, message and frames, never what it carries. Drivers attach rows and
 * parameters to their errors, and their messages quote values (`invalid input syntax for type bigint: "..."`).
 */
import { Failure } from '../../core/errors.ts';
import { InvariantError } from '../../core/assert.ts';

export interface ErrorFields {
  readonly name: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ErrorFields;
}

/** Causes deeper than this repeat themselves in practice. */
const CAUSES_MAX = 3;
const MESSAGE_LENGTH_MAX = 500;
const FRAMES_MAX = 12;
/** SQLSTATE class 42, syntax error or access rule violation: what is quoted there are names of tables and columns. */
const SQLSTATE_OF_NAMES = /^42/;

export function errorFields(error: unknown, depth = 0): ErrorFields {
  if (!(error instanceof Error))
    return { name: 'NotAnError', message: `a ${typeof error} was thrown` };
  const code = codeOf(error);
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES_MAX);
  return {
    name: error.name.slice(0, 60),
    ...(code === undefined ? {} : { code }),
    message: messageOf(error, code).slice(0, MESSAGE_LENGTH_MAX),
    ...(frames.length === 0 ? {} : { stack: frames.join('\n') }),
    ...(error.cause === undefined || depth >= CAUSES_MAX
      ? {}
      : { cause: errorFields(error.cause, depth + 1) }),
  };
}

function codeOf(error: Error): string | undefined {
  const sqlstate = 'sqlstate' in error ? error.sqlstate : undefined;
  const code = 'code' in error ? error.code : undefined;
  const found = typeof sqlstate === 'string' && sqlstate !== '' ? sqlstate : code;
  return typeof found === 'string' && /^[A-Za-z0-9_]{1,40}$/.test(found) ? found : undefined;
}

/** Our own messages carry no personal data by rule; what others quote or append after a colon may be a value. */
function messageOf(error: Error, code: string | undefined): string {
  if (error instanceof Failure || error instanceof InvariantError) return error.message;
  if (code !== undefined && SQLSTATE_OF_NAMES.test(code)) return error.message;
  return error.message
    .replace(/"[\s\S]*"/g, '"..."')
    .replace(/'[\s\S]*'/g, "'...'")
    .replace(/`[\s\S]*`/g, '`...`')
    .replace(/\([\s\S]*\)/g, '(...)')
    .replace(/\b(postgres(?:ql)?|https?):\/\/\S+/g, '$1://...');
}
