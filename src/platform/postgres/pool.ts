/**
 * The pool of database connections.
 *
 * Works behind PgBouncer in transaction mode: statements are named only where `keepsStatements` says that no pooler is
 * between, and nothing is sent in the start-up packet beyond user, database and application name. The session settings below are for direct connections; behind PgBouncer
 * they may reach another backend than the one that runs a later statement, so `transaction` states durability and
 * isolation again inside each transaction, in the same round trip as BEGIN.
 *
 * A connection is in one of three states: idle in the pool, lent to one statement or transaction, destroyed. Whatever
 * leaves a doubt about its protocol state (time limit, broken socket, failed ROLLBACK) destroys it.
 */
import pg from 'pg';
import { silentLogger, type Logger } from '../../core/logger.ts';
import { sendWholeBinds } from './bind-message.ts';
import {
  DatabaseError,
  type Database,
  type DatabaseOptions,
  type Queryable,
  type Rows,
  type Statement,
} from './database.ts';
import { isPoolExhausted, notSent, statementError, tookTooLong } from './pool-errors.ts';
import { typeParsers } from './type-parsers.ts';

/** Idle connections are kept this long: longer than the pauses of a quiet shop, shorter than most firewalls' memory. */
const IDLE_TIMEOUT_MS = 60_000;
/** setTimeout's largest delay; a longer limit would fire at once. */
const TIMEOUT_MS_MAX = 2_147_483_647;

/**
 * A process that was stopped or cut off in the middle of a transaction keeps its locks, and others from their work, no
 * longer than this: without it as long as PostgreSQL believes in the connection, which may be hours.
 */
const IDLE_IN_TRANSACTION_MS = 30_000;
const SESSION_SETTINGS =
  "set synchronous_commit = on; set default_transaction_isolation = 'read committed'; " +
  `set idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`;
const BEGIN = 'begin isolation level read committed; set local synchronous_commit = on';

const SQLSTATE_IN_FAILED_TRANSACTION = '25P02';

class PooledDatabase implements Database {
  readonly #pool: pg.Pool;
  readonly #options: DatabaseOptions;
  readonly #logger: Logger;
  readonly #broken = new WeakSet<pg.ClientBase>();
  #reachable = false;
  #closing: Promise<void> | undefined;

  constructor(options: DatabaseOptions, logger: Logger) {
    this.#options = options;
    this.#logger = logger;
    // safe because: pg-pool waits for the promise of this hook, which its typings do not say.
    const onConnect = ((client: pg.Client) => this.#prepare(client)) as unknown as (
      client: pg.ClientBase,
    ) => void;
    this.#pool = new pg.Pool({
      connectionString: options.url,
      max: options.connectionsMax,
      connectionTimeoutMillis: options.connectTimeoutMs,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      keepAlive: true,
      fallback_application_name: 'comptoir',
      types: typeParsers,
      onConnect,
    });
    // Without this listener a server restart would end our process through an unhandled 'error' event of an idle client.
    this.#pool.on('error', (error) => {
      this.#reachable = false;
      // The pool says that it has ended before its connections have; the server may be stopped by then.
      if (this.#closing !== undefined) return;
      logger.warn('an idle database connection was lost', { error });
    });
  }

  get reachable(): boolean {
    return this.#reachable;
  }

  async query<Row = Record<string, unknown>>(statement: Statement): Promise<Rows<Row>> {
    const client = await this.#lend();
    try {
      const rows = await this.#run<Row>(client, statement);
      client.release();
      return rows;
    } catch (error) {
      client.release(mustDestroy(error));
      throw error;
    }
  }

  async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    const client = await this.#lend();
    let destroy = true;
    try {
      await this.#run(client, { text: BEGIN });
      const tx: Queryable = { query: (statement) => this.#run(client, statement) };
      let value: T;
      try {
        value = await work(tx);
      } catch (error) {
        destroy = mustDestroy(error) || !(await this.#rollback(client));
        throw error;
      }
      await this.#commit(client);
      destroy = false;
      return value;
    } finally {
      client.release(destroy);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#pool.end();
    return this.#closing;
  }

  async #prepare(client: pg.Client): Promise<void> {
    // A lent client has no listener of the pool's: a connection that breaks between two statements of a transaction
    // would otherwise be an unhandled 'error' event.
    client.on('error', () => this.#broken.add(client));
    sendWholeBinds(client.connection);
    await send(client, { text: SESSION_SETTINGS }, this.#options.connectTimeoutMs);
  }

  async #lend(): Promise<pg.PoolClient> {
    for (;;) {
      try {
        const client = await this.#pool.connect();
        this.#reachable = true;
        return client;
      } catch (error) {
        if (!isPoolExhausted(error)) this.#reachable = false;
        if (!tookTooLong(error) || this.#options.isPatient?.() !== true) throw notSent(error);
        this.#logger.warn('the database is slow to give a connection; it is asked again', {
          error,
        });
      }
    }
  }

  async #run<Row>(client: pg.ClientBase, statement: Statement): Promise<Rows<Row>> {
    if (this.#broken.has(client)) throw notSent(new Error('the connection broke before'));
    const timeoutMs = statement.timeoutMs ?? this.#options.statementTimeoutMs;
    try {
      const named = this.#options.keepsStatements === true && statement.prepared === true;
      const result = await send(client, named ? withName(statement) : statement, timeoutMs);
      this.#reachable = true;
      // safe because: the caller states the row type of its own statement, next to that statement.
      return { rows: result.rows as Row[], rowCount: result.rowCount ?? 0 };
    } catch (error) {
      const translated = statementError(error);
      if (translated.kind === 'lost') this.#reachable = false;
      throw translated;
    }
  }

  /** Whether the connection is known to be outside a transaction again. */
  async #rollback(client: pg.ClientBase): Promise<boolean> {
    try {
      await this.#run(client, { text: 'rollback' });
      return true;
    } catch {
      return false;
    }
  }

  async #commit(client: pg.ClientBase): Promise<void> {
    const timeoutMs = this.#options.statementTimeoutMs;
    if (this.#broken.has(client)) throw notSent(new Error('the connection broke before commit'));
    let command: string;
    try {
      ({ command } = await send(client, { text: 'commit' }, timeoutMs));
    } catch (error) {
      const translated = statementError(error);
      if (translated.kind === 'lost') this.#reachable = false;
      throw translated;
    }
    // PostgreSQL answers COMMIT of a failed transaction with the tag ROLLBACK and no error.
    if (command === 'ROLLBACK') {
      throw new DatabaseError('server', 'the transaction had failed and was rolled back', {
        sqlstate: SQLSTATE_IN_FAILED_TRANSACTION,
      });
    }
  }
}

/** Only after an answer of the server is the state of the connection certain. */
function mustDestroy(error: unknown): boolean {
  return error instanceof DatabaseError && error.kind !== 'server';
}

type NamedStatement = Statement & { readonly name?: string };

/**
 * Names of prepared texts, one for each: a few for each table, of which an installation has some hundred. Tables that are
 * filled anew have other names, so the texts of those that are gone must leave in turn.
 */
const namesOfTexts = new Map<string, string>();
const NAMED_TEXTS_MAX = 2_000;
/** Never given twice: a connection may still hold what an earlier name stood for. */
let namesGiven = 0;

/**
 * PostgreSQL parses and plans the text once a connection instead of every time, which was a tenth of its time at 300
 * sales a second, and more where chunks are smaller. A plan is kept although the table grows, so only texts whose plan is that of a primary key say
 * `prepared`: rows by an array of keys in order of the key were read through the whole tenant, at three
 * times the cost.
 */
function withName(statement: Statement): NamedStatement {
  const { text } = statement;
  return { ...statement, name: nameOfText(text) };
}

/** The one that was named first leaves: a text still in use gets a new name and is parsed once more. Exported for its test. */
export function nameOfText(text: string): string {
  const known = namesOfTexts.get(text);
  if (known !== undefined) return known;
  const name = `c${namesGiven++}`;
  namesOfTexts.set(text, name);
  const [first] = namesOfTexts.keys();
  if (namesOfTexts.size > NAMED_TEXTS_MAX && first !== undefined) namesOfTexts.delete(first);
  return name;
}

/** pg's own query_timeout leaves no trace but a message text, so the time limit is ours. */
async function send(
  client: pg.ClientBase,
  { text, values, name }: NamedStatement,
  timeoutMs: number,
): Promise<pg.QueryResult> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => {
        reject(new DatabaseError('timeout', `no answer from the database within ${timeoutMs} ms`));
      },
      Math.min(timeoutMs, TIMEOUT_MS_MAX),
    );
  });
  const answer = client.query(
    values === undefined
      ? { text }
      : {
          text,
          // safe because: pg only reads the array; its typing asks for a mutable one.
          values: values as unknown[],
          ...(name === undefined ? {} : { name }),
        },
  );
  try {
    return await Promise.race([answer, expired]);
  } catch (error) {
    // The race may be lost by `answer`, whose rejection (the destroyed socket) must not count as unhandled.
    answer.catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Opens a pool; connections are made when first needed. Errors as `Database` in database.ts says. */
export function openDatabase(options: DatabaseOptions & { readonly logger?: Logger }): Database {
  return new PooledDatabase(options, options.logger ?? silentLogger);
}
