/**
 * What may be written to the server's own log: an allow-list, so that personal data and secrets cannot slip in. A new
 * field is added here, with a reason, or it does not exist.
 */
export interface LogFields {
  readonly traceId?: string;
  readonly code?: string;
  readonly bucket?: number;
  readonly count?: number;
  readonly bytes?: number;
  readonly durationMs?: number;
  readonly status?: number;
  readonly method?: string;
  /** The route's template, never the path as asked for. */
  readonly route?: string;
  readonly position?: string;
  readonly name?: string;
  readonly path?: string;
  readonly url?: string;
  readonly version?: string;
  readonly attempt?: number;
  readonly pid?: number;
  /** Reported as name, message and stack; messages carry no personal data by rule (STYLE 24). */
  readonly error?: unknown;
}

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
