/**
 * Starts one embedded PostgreSQL for the whole test run and brings its database up to date; each test file clones
 * that database (database.ts beside this file), which takes a tenth of a second instead of a start and migrations.
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { silentLogger } from '../../src/core/logger.ts';
import { startEmbedded } from '../../src/platform/postgres/embedded.ts';
import { migrate } from '../../src/platform/postgres/migrate.ts';
import { openDatabase } from '../../src/platform/postgres/pool.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the migrated database that tests clone; nobody stays connected to it. */
    templateUrl: string;
  }
}

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;
/** Files beside each other share it, one of them with two whole servers; a house of its own needs less than the usual 60. */
const CONNECTIONS_MAX = 200;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'comptoir-test-'));
  // Started by root, PostgreSQL runs as another user, who must be able to pass through.
  await chmod(dataDir, 0o711);
  const options = { dataDir, dataDirExplicit: true, logger: silentLogger };
  const made = await startEmbedded(options);
  await made.stop();
  const settings = path.join(made.dataDir, 'postgres', 'custom.conf');
  await writeFile(settings, `max_connections = ${CONNECTIONS_MAX}\n`);
  const server = await startEmbedded(options);
  const teardown = async (): Promise<void> => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await migrateTemplate(server.url);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('templateUrl', server.url);
  return teardown;
}

async function migrateTemplate(url: string): Promise<void> {
  const database = openDatabase({
    url,
    connectionsMax: 1,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
}
