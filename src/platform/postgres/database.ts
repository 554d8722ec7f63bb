/**
 * The narrow face of PostgreSQL that the rest of the server sees. `pg` is imported in this folder only.
 * No session state is relied upon, so PgBouncer in transaction mode works: no named statements where a pooler may be, no
 * session settings that correctness needs, no LISTEN outside the wake-up.
 */

export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
  /**
   * Of a text that is run all the time and whose best plan does not depend on its values: where the server is our own,
   * each connection parses and plans it once. A text with values of its own in it must not say this: it would be kept for
   * as long as the connection lives.
   */
  readonly prepared?: boolean;
  /** Milliseconds for this statement instead of `statementTimeoutMs`: migrations and maintenance run longer. */
  readonly timeoutMs?: number;
}

export interface Rows<Row> {
  readonly rows: Row[];
  readonly rowCount: number;
}

/**
 * Errors of `query`: a `DatabaseError` (see below) with `sqlstate` when the server answered, `kind: 'connection'`
 * when the connection was lost or could not be made (for a statement that was sent, its outcome is unknown).
 * bytea comes as Buffer, int8 as bigint, timestamptz as string, json as text is parsed.
 */
export interface Queryable {
  query<Row = Record<string, unknown>>(statement: Statement): Promise<Rows<Row>>;
}

export interface Database extends Queryable {
  /** Runs `work` in one READ COMMITTED transaction on one connection; rolls back when it throws. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Whether the last attempt to reach the server worked; for health, never for correctness. */
  readonly reachable: boolean;
  close(): Promise<void>;
}

export type DatabaseErrorKind =
  /** The server answered with an SQLSTATE. */
  | 'server'
  /** No connection could be had: nothing was sent. */
  | 'not-sent'
  /** The connection broke after the statement was sent: the outcome is unknown. */
  | 'lost'
  /** The statement was sent and no answer came within the time limit: the outcome is unknown. */
  | 'timeout';

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly kind: DatabaseErrorKind;
  /** Five-character SQLSTATE when `kind` is `server`, else the empty string. */
  readonly sqlstate: string;

  constructor(
    kind: DatabaseErrorKind,
    message: string,
    options: { sqlstate?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.sqlstate = options.sqlstate ?? '';
  }
}

/** Options of openDatabase in pool.ts. */
export interface DatabaseOptions {
  readonly url: string;
  /** Most connections of this process. */
  readonly connectionsMax: number;
  /** Milliseconds to wait for a new connection. */
  readonly connectTimeoutMs: number;
  /** Milliseconds after which a statement's outcome counts as unknown. */
  readonly statementTimeoutMs: number;
  /** Whether connections lead to one backend each, for as long as they live, so that it may keep statements; no otherwise. */
  readonly keepsStatements?: boolean;
  /**
   * While it says so, a connection that was not made in `connectTimeoutMs` is asked for again: a process that starts on a
   * busy machine has nobody waiting for an answer. Never, unless given.
   */
  readonly isPatient?: () => boolean;
}
