/**
 * A data directory with a long history, made once and kept in an ignored folder under a name that says what made it: other
 * events, migrations, counts or another making give another folder, and the old ones are removed.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { silentLogger } from '../../../src/core/logger.ts';
import { openPostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import type { Database } from '../../../src/platform/postgres/database.ts';
import { startEmbedded } from '../../../src/platform/postgres/embedded.ts';
import { connect } from '../database.ts';
import type { Scope } from '../scope.ts';
import { startServer, type BenchServer } from '../server.ts';
import { openAsking } from './asking.ts';
import { buildHouse, type House } from './house.ts';
import { appendHistory, countsOf } from './history.ts';
import { makeTemplates } from './templates.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** In .gitignore. */
const FOLDER = join(ROOT, '.test-data/bench');
const PREFIX = 'business-';
const MADE_OF = [
  'tools/bench/business/{history,templates,house,data-folder}.ts',
  'src/modules/{business,catalog,customers,loyalty,orders,reservations}/**/events*.ts',
  'migrations/*.sql',
];
/** Read models of a million orders are filled in some minutes. */
const CAUGHT_UP_MS_MAX = 3_600_000;
const POLL_MS = 2_000;
const CONNECTIONS = 20;

export interface HistoryServer {
  readonly server: BenchServer;
  readonly house: House;
  readonly madeAtMs: number;
}

/** A server on the history, caught up. */
export async function startOnHistory(scope: Scope, orders: number): Promise<HistoryServer> {
  const folder = join(FOLDER, `${PREFIX}${hashOf(orders)}`);
  const house = join(folder, 'house.json');
  if (!existsSync(house)) await make(scope, { folder, house, orders });
  // safe because `make` wrote it
  const made = JSON.parse(readFileSync(house, 'utf8')) as Omit<HistoryServer, 'server'>;
  const server = await startServer(scope, { dataDir: join(folder, 'data') });
  await caughtUp(scope, server);
  return { ...made, server };
}

function hashOf(orders: number): string {
  const hash = createHash('sha256').update(`orders ${orders}`);
  for (const name of globSync(MADE_OF, { cwd: ROOT }).toSorted())
    hash.update(name).update(readFileSync(join(ROOT, name)));
  return hash.digest('hex').slice(0, 16);
}

async function make(
  scope: Scope,
  to: { readonly folder: string; readonly house: string; readonly orders: number },
): Promise<void> {
  const { folder, orders } = to;
  scope.say(`makes the history of ${orders} orders once; it is kept in ${folder}`);
  await removeOthers(folder);
  await mkdir(folder, { recursive: true });
  for (const open of [FOLDER, folder]) await chmod(open, 0o755);
  const dataDir = join(folder, 'data');
  const server = await startServer(scope, { dataDir });
  const asking = await openAsking(server, 8);
  const house = await buildHouse(asking, 1);
  const templates = await makeTemplates(asking, house);
  asking.close();
  await server.stop();
  const embedded = await startEmbedded({ dataDir, dataDirExplicit: true, logger: silentLogger });
  scope.defer(() => embedded.stop());
  const database = connect(scope, embedded.url, CONNECTIONS);
  const log = await openPostgresLog({
    database,
    dedupeWindowSeconds: 3_600,
    dedupeKeysMax: 1_000,
    maintenance: false,
  });
  const madeAtMs = Date.now();
  const counts = countsOf(orders);
  await appendHistory(log, templates, { counts, todayMs: madeAtMs, say: scope.say });
  await log.close();
  await passOver(database);
  await database.close();
  await embedded.stop();
  await writeFile(to.house, JSON.stringify({ house, madeAtMs }));
}

/** Earlier makings are several gigabytes each. */
async function removeOthers(folder: string): Promise<void> {
  const names = await readdir(FOLDER).catch(() => []);
  for (const name of names)
    if (name.startsWith(PREFIX) && join(FOLDER, name) !== folder)
      await rm(join(FOLDER, name), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

/** History was not decided now: nothing is earned or sent for it, so subscriptions begin behind it. */
async function passOver(database: Database): Promise<void> {
  await database.query({
    text: `update subscription_checkpoints c set position = h.head, moved_at = clock_timestamp()
             from log_heads h where h.bucket = c.bucket`,
  });
}

async function caughtUp(scope: Scope, server: BenchServer): Promise<void> {
  const database = connect(scope, await server.databaseUrl());
  const deadline = performance.now() + CAUGHT_UP_MS_MAX;
  let said = 0;
  for (;;) {
    const { rows } = await database.query<{ behind: number }>({
      text: `select coalesce(sum(h.head - c.position), 0)::float8 as behind
               from projection_checkpoints c
               join projection_generations g on g.name = c.name and g.generation = c.generation
               join log_heads h on h.bucket = c.bucket where g.state in ('active', 'filling')`,
    });
    const behind = rows[0]?.behind ?? 0;
    if (behind === 0) break;
    if (performance.now() > deadline) throw new Error(`Read models are ${behind} events behind.`);
    if (performance.now() - said > 30_000) {
      said = performance.now();
      scope.say(
        `read models are ${(behind / 1e6).toFixed(1)} million events behind, counted in each model`,
      );
    }
    await delay(POLL_MS);
  }
  // As autovacuum leaves tables of that age.
  const { rows } = await database.query<{ name: string }>({
    text: `select relname as name from pg_class
            where relkind = 'r' and relname like 'read\\_%' and reltuples <= 0 and relpages = 0
              and pg_relation_size(oid) > 0`,
  });
  for (const { name } of rows) await database.query({ text: `vacuum analyze ${name}` });
}
