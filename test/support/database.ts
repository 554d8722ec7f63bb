/** Databases for tests: real ones, cloned from the migrated template that global-setup.ts made. */
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import {
  DatabaseError,
  type Database,
  type DatabaseOptions,
} from '../../src/platform/postgres/database.ts';
import { openDatabase } from '../../src/platform/postgres/pool.ts';

export interface TestDatabase {
  readonly url: string;
  readonly database: Database;
  /** Closes `database` and removes it, whoever else is still connected. */
  drop(): Promise<void>;
}

/** Cloning is refused while another file clones the same template; one clone takes about a tenth of a second. */
const CLONE_DEADLINE_MS = 60_000;
const SQLSTATE_OBJECT_IN_USE = '55006';

/**
 * Many files share one PostgreSQL and two cores: a credential whose look-up takes a second there says nothing of what is
 * tested. What becomes of one that takes too long is tested in src/access/authenticator.test.ts.
 */
export const LOOKUP_TIMEOUT_MS = 60_000;
const OPTIONS = { connectionsMax: 10, connectTimeoutMs: 30_000, statementTimeoutMs: 60_000 };

/** An empty database with every migration applied, for the caller alone; `options` go to openDatabase. */
export async function testDatabase(
  options: Partial<Omit<DatabaseOptions, 'url'>> = {},
): Promise<TestDatabase> {
  const template = new URL(inject('templateUrl'));
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdministrator(template, (admin) => clone(admin, template.pathname.slice(1), name));
  const url = withDatabase(template, name);
  const database = openDatabase({ url, ...OPTIONS, ...options });
  return {
    url,
    database,
    async drop() {
      await database.close();
      await asAdministrator(template, async (admin) => {
        await admin.query({ text: `drop database if exists ${name} with (force)` });
      });
    },
  };
}

function withDatabase(url: URL, name: string): string {
  const copy = new URL(url);
  copy.pathname = `/${name}`;
  return copy.href;
}

async function asAdministrator(
  template: URL,
  work: (admin: Database) => Promise<void>,
): Promise<void> {
  const url = withDatabase(template, 'postgres');
  const admin = openDatabase({ url, ...OPTIONS, connectionsMax: 1 });
  try {
    await work(admin);
  } finally {
    await admin.close();
  }
}

async function clone(admin: Database, template: string, name: string): Promise<void> {
  const deadline = performance.now() + CLONE_DEADLINE_MS;
  for (;;) {
    try {
      await admin.query({ text: `create database ${name} template ${template}` });
      return;
    } catch (error) {
      const busy = error instanceof DatabaseError && error.sqlstate === SQLSTATE_OBJECT_IN_USE;
      if (!busy || performance.now() > deadline) throw error;
    }
  }
}
