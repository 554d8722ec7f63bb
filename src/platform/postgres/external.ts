/** What a PostgreSQL that somebody else runs must be like before Comptoir writes to it. */
import type { Database } from './database.ts';
import { StartRefused } from './start-refused.ts';

/** The oldest version that the statements are tried on. */
const VERSION_MIN = 150_000;

interface Facts {
  readonly version: number;
  readonly version_text: string;
  readonly fsync: string;
  readonly full_page_writes: string;
  readonly encoding: string;
  readonly synchronous_commit: string;
  readonly isolation: string;
  readonly standby: boolean;
}

export interface ExternalServer {
  readonly version: string;
  /** What the operator should be told, in whole sentences. */
  readonly notices: readonly string[];
}

/**
 * Throws StartRefused when acknowledged events could be lost (fsync or full_page_writes off), the version is too old,
 * the encoding is not UTF8 or the server is a read-only standby. Settings that each connection or transaction states
 * for itself are only remarked upon. DatabaseError as usual when the server cannot be asked.
 */
export async function checkExternalServer(database: Database): Promise<ExternalServer> {
  const facts = await readFacts(database);
  const refusal = refusalOf(facts);
  if (refusal !== undefined) throw new StartRefused(refusal);
  return { version: facts.version_text, notices: noticesOf(facts) };
}

async function readFacts(database: Database): Promise<Facts> {
  // reset_val is what a new session of this role in this database starts with, whatever ours has set since.
  const { rows } = await database.query<Facts>({
    text: `select current_setting('server_version_num')::integer as version,
        current_setting('server_version') as version_text,
        current_setting('fsync') as fsync,
        current_setting('full_page_writes') as full_page_writes,
        current_setting('server_encoding') as encoding,
        (select reset_val from pg_settings where name = 'synchronous_commit') as synchronous_commit,
        (select reset_val from pg_settings where name = 'default_transaction_isolation') as isolation,
        pg_is_in_recovery() as standby`,
  });
  const facts = rows[0];
  if (facts === undefined) throw new StartRefused('The database server did not describe itself.');
  return facts;
}

function refusalOf(facts: Facts): string | undefined {
  if (facts.version < VERSION_MIN) {
    return `The database server is PostgreSQL ${facts.version_text}; version 15 or newer is needed.`;
  }
  if (facts.standby) {
    return 'The database server is a read-only standby. Give COMPTOIR_DATABASE_URL the address of the primary.';
  }
  for (const name of ['fsync', 'full_page_writes'] as const) {
    if (facts[name] !== 'on') {
      return `The database server runs with ${name} = ${facts[name]}: a crash could lose or damage acknowledged events. Set ${name} = on and reload the server.`;
    }
  }
  if (facts.encoding !== 'UTF8') {
    return `The database has the encoding ${facts.encoding}; create one with encoding UTF8.`;
  }
  return undefined;
}

function noticesOf(facts: Facts): string[] {
  const notices: string[] = [];
  if (facts.synchronous_commit === 'off') {
    notices.push(
      'The database server has synchronous_commit = off by default. Comptoir sets it on for each connection; behind a pooler in transaction mode also run: alter role ... set synchronous_commit = on.',
    );
  }
  if (facts.isolation !== 'read committed') {
    notices.push(
      `The database server has default_transaction_isolation = ${facts.isolation}. Comptoir sets read committed for each connection; behind a pooler in transaction mode also run: alter role ... set default_transaction_isolation = 'read committed'.`,
    );
  }
  return notices;
}
