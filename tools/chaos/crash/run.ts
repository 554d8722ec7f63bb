/**
 * Conducts one crash proof: killer, load and tails as three processes, then the verdict over what they left behind.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NODE, temporaryFolder } from '../../../test/support/server-process.ts';
import { until } from '../../../test/support/until.ts';
import { type Access, cursorNow, getJson, postJson, readAll, recordOf } from '../read-server.ts';
import { check, type Verdict } from './check.ts';
import type { History, StoredRecord, TailRecord } from './history.ts';
import { readLedger } from './ledger.ts';
import type {
  KillerConfig,
  KillReport,
  KillTarget,
  LoadConfig,
  TailConfig,
  TailGoals,
  TailPlan,
  TenantAccess,
} from './messages.ts';

export interface CrashOptions {
  readonly kills: number;
  readonly seed: string;
  readonly targets?: readonly KillTarget[] | undefined;
  readonly eventsPerSecondMax?: number | undefined;
  /** Another entry file and environment, for servers with a planted fault. */
  readonly entry?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly onKill?: ((report: KillReport, acknowledged: number) => void) | undefined;
}

export interface CrashResult {
  readonly verdict: Verdict;
  readonly kills: readonly KillReport[];
}

const SCRIPTS = {
  killer: new URL('./killer.ts', import.meta.url),
  load: new URL('./load.ts', import.meta.url),
  tail: new URL('./tail.ts', import.meta.url),
} as const;
type Script = keyof typeof SCRIPTS;

/** Enough tenants that several buckets work at once. */
const TENANTS = 6;
const CONNECTIONS = 8;
/** With small batches about 300 requests a second, so that some are under way at every kill. */
const EVENTS_PER_SECOND_MAX = 3_000;
/** A kill with its recovery takes a few seconds; a minute each means that nothing moves. */
const KILL_TIMEOUT_MS = 90_000;
const START_TIMEOUT_MS = 120_000;
const FINISH_TIMEOUT_MS = 60_000;

/** Runs to the end and cleans up. Throws when a process fails; faults of the server are in the verdict. */
export async function runCrash(options: CrashOptions): Promise<CrashResult> {
  const folder = await temporaryFolder('comptoir-crash-');
  const processes: Child[] = [];
  const start = (name: Script, config: unknown): Child => {
    const child = startChild(name, config);
    processes.push(child);
    return child;
  };
  try {
    return await conduct(options, folder, start);
  } finally {
    for (const child of processes) if (child.process.connected) child.process.disconnect();
    await Promise.all(processes.map((child) => child.gone));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

type Start = (name: Script, config: unknown) => Child;

async function conduct(options: CrashOptions, folder: string, start: Start): Promise<CrashResult> {
  const killer = start('killer', killerConfig(options, join(folder, 'data')));
  const admin = await until('the server', () => killer.find(isAccess), {
    timeoutMs: START_TIMEOUT_MS,
    explain: killer.explain,
  });
  const tenants = await createTenants(admin);
  const plans = await planTails(admin, tenants);
  await mkdir(join(folder, 'records'));
  const files = {
    ledger: join(folder, 'records', 'ledger'),
    tails: join(folder, 'records', 'tails'),
  };
  const { seed } = options;
  const tails = start('tail', {
    url: admin.url,
    seed,
    recordsPath: files.tails,
    tails: plans,
  } satisfies TailConfig);
  const load = start('load', {
    url: admin.url,
    seed,
    ledgerPath: files.ledger,
    tenants,
    connections: CONNECTIONS,
    eventsPerSecondMax: options.eventsPerSecondMax ?? EVENTS_PER_SECOND_MAX,
  } satisfies LoadConfig);
  killer.process.send('go');
  const kills = await watchKills(options, killer, load);
  load.process.send('stop');
  await finished('load', load);
  const stored = await readServer(admin, tenants);
  tails.process.send(goalsOf(stored.listings));
  await finished('tails', tails);
  killer.process.send('stop');
  await finished('killer', killer);
  const history: History = {
    seed,
    attempts: await readLedger(files.ledger),
    ...stored,
    tails: await readTails(files.tails),
  };
  return { verdict: check(history), kills };
}

function killerConfig(options: CrashOptions, dataDir: string): KillerConfig {
  const { seed, kills, targets = [], entry, env } = options;
  return { seed, kills, targets, dataDir, entry, env };
}

async function createTenants(admin: Access): Promise<TenantAccess[]> {
  const tenants: TenantAccess[] = [];
  for (let index = 0; index < TENANTS; index += 1) {
    const id = `crash-${index}`;
    const answer = await postJson(admin, '/v1/tenants', { id });
    tenants.push({ tenant: id, apiKey: String(answer['apiKey']) });
  }
  return tenants;
}

/** Two readers a tenant: one that holds its connection while it can, one that keeps breaking it. */
async function planTails(admin: Access, tenants: readonly TenantAccess[]): Promise<TailPlan[]> {
  const plans: TailPlan[] = [];
  for (const access of tenants) {
    const after = await cursorNow({ url: admin.url, apiKey: access.apiKey });
    plans.push({ ...access, after, name: `${access.tenant}/steady`, breakShare: 0 });
    plans.push({ ...access, after, name: `${access.tenant}/restless`, breakShare: 0.01 });
  }
  return plans;
}

async function watchKills(
  options: CrashOptions,
  killer: Child,
  load: Child,
): Promise<KillReport[]> {
  const kills: KillReport[] = [];
  for (let kill = 1; kill <= options.kills; kill += 1) {
    const report = await until(`kill ${kill}`, () => killer.find(isKillReport, kill - 1), {
      timeoutMs: KILL_TIMEOUT_MS,
      explain: killer.explain,
    });
    kills.push(report);
    load.process.send('report');
    const { acknowledged } = await until('the load', () => load.find(isLoadReport, kill - 1));
    options.onKill?.(report, acknowledged);
  }
  return kills;
}

const isKillReport = (message: unknown): message is KillReport =>
  typeof message === 'object' && message !== null && 'kill' in message;

const isLoadReport = (message: unknown): message is { acknowledged: number } =>
  typeof message === 'object' && message !== null && 'acknowledged' in message;

const isAccess = (message: unknown): message is Access =>
  typeof message === 'object' && message !== null && 'apiKey' in message;

type Stored = Pick<History, 'buckets' | 'listings'>;

async function readServer(admin: Access, tenants: readonly TenantAccess[]): Promise<Stored> {
  const listings = new Map<string, StoredRecord[]>();
  const used = new Set<number>();
  for (const { tenant, apiKey } of tenants) {
    const events = await readAll({ url: admin.url, apiKey }, '/v1/events');
    for (const event of events) used.add(Number(event['bucket']));
    listings.set(tenant, events.map(recordOf));
  }
  const buckets = new Map<number, StoredRecord[]>();
  for (const bucket of await bucketNumbers(admin, used))
    buckets.set(bucket, (await readAll(admin, `/v1/log/${bucket}`)).map(recordOf));
  return { buckets, listings };
}

/** Every bucket that answers, so that an event astray in an unused bucket is seen too. */
async function bucketNumbers(admin: Access, used: ReadonlySet<number>): Promise<number[]> {
  const numbers: number[] = [];
  for (let bucket = 0; bucket < 1024; bucket += 1) {
    const isThere = await getJson(admin, `/v1/log/${bucket}?limit=1`).then(
      () => true,
      () => false,
    );
    if (!isThere && bucket > Math.max(...used)) return numbers;
    if (isThere) numbers.push(bucket);
  }
  return numbers;
}

function goalsOf(listings: History['listings']): TailGoals {
  return Object.fromEntries(
    [...listings].map(([tenant, records]) => [tenant, records.at(-1)?.position ?? 0]),
  );
}

async function readTails(path: string): Promise<TailRecord[]> {
  const text = await readFile(path, 'utf8');
  // safe because tail.ts wrote these lines from TailRecords
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TailRecord);
}

interface Child {
  readonly process: ChildProcess;
  readonly messages: unknown[];
  readonly gone: Promise<number | null>;
  /** What it wrote to stderr. */
  readonly explain: () => string;
  /** A message of that kind, the first unless told; throws when the process has ended without. */
  find<T>(test: (message: unknown) => message is T, index?: number): T | undefined;
}

/** The child ends by itself when this process does: its IPC channel breaks. */
function startChild(name: Script, config: unknown): Child {
  const child = fork(SCRIPTS[name], [JSON.stringify(config)], {
    execPath: NODE,
    execArgv: [],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  const messages: unknown[] = [];
  let errors = '';
  child.on('message', (message) => messages.push(message));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return {
    process: child,
    messages,
    gone,
    explain: () => `${name} said:\n${errors}`,
    find: (test, index = 0) => {
      const found = messages.filter(test)[index];
      if (found === undefined && child.exitCode !== null)
        throw new Error(`the ${name} ended with ${child.exitCode}\n${errors}`);
      return found;
    },
  };
}

async function finished(name: string, child: Child): Promise<void> {
  const exited = await until(
    `the end of the ${name}`,
    () => child.process.exitCode !== null || child.process.signalCode,
    {
      timeoutMs: FINISH_TIMEOUT_MS,
      explain: child.explain,
    },
  );
  if (exited !== true || child.process.exitCode !== 0)
    throw new Error(
      `the ${name} failed with ${child.process.exitCode ?? child.process.signalCode}\n${child.explain()}`,
    );
}
