/** The log in this very process, on an embedded PostgreSQL of its own: for benches below HTTP. */
import { join } from 'node:path';
import { silentLogger } from '../../src/core/logger.ts';
import { startEmbedded } from '../../src/platform/postgres/embedded.ts';
import type { Database } from '../../src/platform/postgres/database.ts';
import { migrate } from '../../src/platform/postgres/migrate.ts';
import { connect, createScratchDatabase, postmasterOf } from './database.ts';
import { cpuOf, readProcesses } from './process-table.ts';
import type { Scope } from './scope.ts';

export interface LogHost {
  readonly url: string;
  readonly database: Database;
  /** CPU seconds of this process and of PostgreSQL since they began. */
  cpuSeconds(): { readonly node: number; readonly postgres: number };
}

/** Connections of the log's own pool: appends of 16 buckets, reads and maintenance. */
const CONNECTIONS_MAX = 20;

/** Starts PostgreSQL, or takes COMPTOIR_DATABASE_URL's, with an empty, migrated database. */
export async function startLogHost(scope: Scope): Promise<LogHost> {
  const outside = process.env['COMPTOIR_DATABASE_URL'];
  const url =
    outside === undefined ? await embedded(scope) : await createScratchDatabase(scope, outside);
  const database = connect(scope, url, CONNECTIONS_MAX);
  await migrate(database);
  const postmaster = await postmasterOf(database);
  if (postmaster === undefined) scope.say('PostgreSQL runs elsewhere: its CPU is not counted.');
  return {
    url,
    database,
    cpuSeconds() {
      const { user, system } = process.cpuUsage();
      const postmasters = postmaster === undefined ? [] : [postmaster];
      const { postgresSeconds } = cpuOf(readProcesses(), { postmasters });
      return { node: (user + system) / 1e6, postgres: postgresSeconds };
    },
  };
}

async function embedded(scope: Scope): Promise<string> {
  const server = await startEmbedded({
    dataDir: join(await scope.folder(), 'data'),
    dataDirExplicit: true,
    logger: silentLogger,
  });
  scope.defer(() => server.stop());
  return server.url;
}
