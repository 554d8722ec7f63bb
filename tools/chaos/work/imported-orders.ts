/** `comptoir import orders`, killed with or without its server, then repeated: every order once, one location, one menu. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { KILL_TARGETS } from '../crash/messages.ts';
import { jsonObject, objectsIn } from '../http-client.ts';
import { type Access, getJson, postJson } from '../read-server.ts';
import { strike } from '../strike.ts';
import { type Caller, comptoir, comptoirDone } from './comptoir.ts';
import { orderTable } from './order-table.ts';
import { type OpenWork, type Round, type Stage, unless } from './work.ts';

const REAL = resolve(
  process.env['COMPTOIR_TEST_DATA'] ?? '../shared/data',
  'restaurant-orders.tsv',
);
const LINES = 4_622;
const DAY = '2026-11-20';
const VICTIMS = ['client', ...KILL_TARGETS] as const;
/** A page of the lists that are compared. */
const LISTED_MAX = 200;

/** Each round has a tenant of its own, so that each begins with nothing. */
export async function importedOrders(stage: Stage): Promise<OpenWork> {
  const file = existsSync(REAL) ? REAL : join(stage.folder, 'orders.tsv');
  if (file !== REAL) await writeFile(file, orderTable(LINES, 'import'));
  const startMs = performance.now();
  const first = await tenantOf(stage, 'import-0');
  const wanted = await importInto(first, file);
  const seen = await seenBy(first);
  const wholeMs = Math.round(performance.now() - startMs);
  const tenants = [first];
  const differing = async (tenant: Caller & Access): Promise<string[]> =>
    unless('what the lists show', await seenBy(tenant), seen);
  return {
    async round(kill): Promise<Round> {
      const tenant = await tenantOf(stage, `import-${kill}`);
      tenants.push(tenant);
      const victim = VICTIMS[kill % VICTIMS.length] ?? 'both';
      const afterMs = stage.random.between({ low: 0, high: wholeMs });
      const running = comptoir(tenant, ...words(file));
      await pause(afterMs);
      if (victim === 'client') running.process.kill('SIGKILL');
      else await strike(stage.server, victim);
      const { code, stderr } = await running.ended;
      // The command line goes on by itself when its server is back; else it is repeated, as it says.
      const again = await importInto(tenant, file);
      return {
        hit: `${victim} after ${afterMs} of ${wholeMs} ms, import ${code === 0 ? 'went on' : 'was repeated'}`,
        wrong: [
          ...(code === 0 || victim === 'client' || stderr !== ''
            ? []
            : ['it failed without a word']),
          ...unless('the import', counted(again), counted(wanted)),
          ...(await differing(tenant)),
        ],
      };
    },
    finish: async () => (await Promise.all(tenants.map(differing))).flat(),
  };
}

const words = (file: string) => ['import', 'orders', file, '--date', DAY, '--json'] as const;

async function tenantOf({ server }: Stage, name: string): Promise<Caller & Access> {
  const { url, dataDir } = server;
  const id = `${name}-${Math.floor(performance.timeOrigin)}`;
  const { apiKey } = await postJson({ url, apiKey: server.apiKey }, '/v1/tenants', { id });
  return { url, dataDir, apiKey: String(apiKey) };
}

async function importInto(tenant: Caller, file: string): Promise<Record<string, unknown>> {
  return jsonObject(await comptoirDone(tenant, ...words(file)));
}

/** Without how many were new, which the kill decides. */
function counted({ orders, lines, items, total }: Record<string, unknown>): object {
  return { orders, lines, items, total };
}

/** Locations, menu and orders as lists show them. The import waited for its last order to be listed. */
async function seenBy(tenant: Access): Promise<object> {
  const count = async (path: string): Promise<number> => {
    let found = 0;
    let after = '';
    for (;;) {
      const page = await getJson(tenant, `${path}?limit=${LISTED_MAX}${after}`);
      found += objectsIn(page, 'items').length;
      if (page['more'] !== true) return found;
      after = `&after=${encodeURIComponent(String(page['next']))}`;
    }
  };
  return {
    locations: await count('/v1/business/locations'),
    groups: await count('/v1/catalog/groups'),
    products: await count('/v1/catalog/products'),
    orders: await count('/v1/orders'),
  };
}
