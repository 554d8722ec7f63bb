/**
 * JSON lines of the server's own log. The allow-list of `core/logger.ts` holds at run time too: a field that is not
 * on it, or has another type than it says, is not written, whoever passed it.
 */
import pino from 'pino';
import type { LogFields, Logger } from '../../core/logger.ts';
import { errorFields } from './error-fields.ts';

export interface LoggerOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Takes whole lines; stderr when absent, since stdout carries the address and login for people. */
  readonly write?: (line: string) => void;
}

/** A longer string in the log is content, not a label. */
const STRING_LENGTH_MAX = 300;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.slice(0, STRING_LENGTH_MAX) : undefined;
const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
/** Without user, password, query and fragment. */
const address = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined;
  const url = URL.parse(value);
  if (url === null) return undefined;
  return `${url.protocol}//${url.host}${url.pathname}`.slice(0, STRING_LENGTH_MAX);
};

/** One entry for each member of LogFields; the compiler refuses a missing one. */
const ALLOWED: {
  readonly [Name in keyof Required<LogFields>]: (value: unknown) => unknown;
} = {
  traceId: text,
  code: text,
  bucket: number,
  count: number,
  bytes: number,
  durationMs: number,
  status: number,
  method: text,
  route: text,
  position: text,
  name: text,
  path: text,
  url: address,
  version: text,
  attempt: number,
  pid: number,
  error: (value) => (value === undefined ? undefined : errorFields(value)),
};

export function createLogger(options: LoggerOptions): Logger {
  const destination = options.write === undefined ? standardError() : { write: options.write };
  const sink = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      messageKey: 'message',
    },
    destination,
  );
  const writer =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields?: LogFields): void => {
      if (sink.isLevelEnabled(level)) sink[level](allowed(fields), message);
    };
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
  };
}

/** What waits for a reader of a pipe that is slow; beyond it lines are dropped. */
const WAITING_BYTES_MAX = 1024 * 1024;

/**
 * A log on the disk of the database fills up with it, and then a server that reads on must not end because it cannot say
 * so: lines that cannot be written are dropped. Without a listener their error would end the process.
 */
function standardError(): pino.DestinationStream {
  const stream = pino.destination({ dest: 2, sync: true, maxLength: WAITING_BYTES_MAX });
  stream.on('error', () => undefined);
  return stream;
}

function allowed(fields: LogFields | undefined): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (!isAllowed(name)) continue;
    const shown = ALLOWED[name](value);
    if (shown !== undefined) kept[name] = shown;
  }
  return kept;
}

function isAllowed(name: string): name is keyof LogFields {
  return Object.hasOwn(ALLOWED, name);
}
