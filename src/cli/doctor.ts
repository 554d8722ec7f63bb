/** The checks of `comptoir doctor`: each says what it found and, unless that is good, what to do. */
import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError, loadConfig, type RawEnvironment } from '../config.ts';
import { problemOf } from './answers.ts';
import { messageOf } from './command.ts';
import { policyChecks } from './doctor-policies.ts';
import { projectionChecks } from './doctor-projections.ts';
import { webhookChecks } from './doctor-webhooks.ts';
import { Unreachable, type HttpClient, type HttpResponse } from './http-client.ts';
import { member, textMember } from './json.ts';
import type { Check } from './check.ts';

/** The check of a server that nobody reaches: alone it is no damage of this installation. */
export const NO_SERVER = 'server';

const NODE_MAJOR_MIN = 24;
/** PostgreSQL stops when it cannot write its log; a few minutes of full load write this much. */
const DISK_FREE_FAIL_BYTES = 0.5e9;
const DISK_FREE_WARN_BYTES = 5e9;
/** Beyond it times of events and of their recording are hard to compare; the header is exact to a second. */
const CLOCK_SKEW_WARN_SECONDS = 5;

export function nodeCheck(version: string): Check {
  const enough = Number(version.split('.', 1)[0]) >= NODE_MAJOR_MIN;
  const found = `Node ${version}`;
  return enough
    ? { name: 'node', result: 'ok', found }
    : {
        name: 'node',
        result: 'fail',
        found,
        fix: 'Run "npm ci", which brings a current Node along.',
      };
}

export function configurationCheck(environment: RawEnvironment): Check {
  const name = 'configuration';
  try {
    const { profile } = loadConfig(environment);
    return { name, result: 'ok', found: `profile ${profile}` };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return {
      name,
      result: 'fail',
      found: error.problems.join(' '),
      fix: 'Correct the environment; docs/reference/configuration.md lists every variable.',
    };
  }
}

export async function folderCheck(dataDir: string): Promise<Check> {
  const name = 'data folder';
  try {
    if (!(await stat(dataDir)).isDirectory())
      return {
        name,
        result: 'fail',
        found: `${dataDir} is not a folder`,
        fix: 'Set COMPTOIR_DATA_DIR to another path.',
      };
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return { name, result: 'ok', found: dataDir };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT')
      return {
        name,
        result: 'warn',
        found: `${dataDir} does not exist`,
        fix: 'The first start makes it.',
      };
    return {
      name,
      result: 'fail',
      found: `${dataDir} cannot be used (${messageOf(error)})`,
      fix: 'Give this user the folder, or set COMPTOIR_DATA_DIR to another.',
    };
  }
}

export async function diskCheck(dataDir: string): Promise<Check> {
  const name = 'disk space';
  let folder = dataDir;
  for (;;) {
    const space = await statfs(folder).catch(() => undefined);
    if (space !== undefined) {
      const free = space.bavail * space.bsize;
      const found = `${(free / 1e9).toFixed(1)} GB free at ${folder}`;
      if (free >= DISK_FREE_WARN_BYTES) return { name, result: 'ok', found };
      const result = free < DISK_FREE_FAIL_BYTES ? 'fail' : 'warn';
      return {
        name,
        result,
        found,
        fix: 'Free space, or move COMPTOIR_DATA_DIR to a larger disk.',
      };
    }
    if (dirname(folder) === folder)
      return { name, result: 'warn', found: 'unknown', fix: 'Check COMPTOIR_DATA_DIR.' };
    folder = dirname(folder);
  }
}

type Asker = Pick<HttpClient, 'once'>;

/**
 * Everything that asks the server, `patient` what takes it long. An unreachable one is one failed check, the others are left
 * out; one that leaves a later question without an answer fails that check alone.
 */
export async function serverChecks(
  { client, patient }: { readonly client: Asker; readonly patient: Asker },
  nowMs: () => number,
): Promise<Check[]> {
  let live: HttpResponse;
  const askedMs = nowMs();
  try {
    live = await client.once({ method: 'GET', path: '/health/live' });
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return [
      {
        name: NO_SERVER,
        result: 'fail',
        found: error.message,
        fix: 'Start it with "comptoir start", or correct COMPTOIR_URL.',
      },
    ];
  }
  const answeredMs = nowMs();
  if (live.status !== 200)
    return [
      {
        name: 'server',
        result: 'fail',
        found: `/health/live answers ${live.status}`,
        fix: 'Is there another program at this address? Correct COMPTOIR_URL.',
      },
    ];
  return [
    { name: 'server', result: 'ok', found: 'it answers' },
    ...(await answered('ready', async () =>
      readyChecks(await client.once({ method: 'GET', path: '/health/ready' })),
    )),
    ...(await answered('key', async () => [
      keyCheck(await client.once({ method: 'GET', path: '/v1/events?limit=1' })),
    ])),
    clockCheck(live, { askedMs, answeredMs }),
    ...(await answered('projections', () => projectionChecks(patient))),
    ...(await answered('policies', () => policyChecks(client))),
    ...(await answered('webhooks', () => webhookChecks(client))),
  ];
}

async function answered(name: string, ask: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    const fix = 'It may have much to do: try again. See the log of the server.';
    return [{ name, result: 'fail', found: error.message, fix }];
  }
}

function readyChecks(response: HttpResponse): Check[] {
  let body: unknown;
  try {
    body = JSON.parse(response.text);
  } catch {
    // Shown below as a server that is not ready and gives no reason.
  }
  const ready: Check =
    response.status === 200
      ? { name: 'ready', result: 'ok', found: 'writes are accepted' }
      : {
          name: 'ready',
          result: 'fail',
          found: `writes are not accepted (${textMember(body, 'status') ?? response.status})`,
          fix: 'See the dependencies below and the log of the server.',
        };
  const dependencies = Object.entries(member(body, 'dependencies') ?? {});
  return [ready, ...dependencies.map(([name, state]) => dependencyCheck(name, state))];
}

function dependencyCheck(name: string, state: unknown): Check {
  const status = textMember(state, 'status') ?? 'unknown';
  const detail = textMember(state, 'detail');
  const found = detail === undefined ? status : `${status}: ${detail}`;
  if (status === 'ok') return { name: `  ${name}`, result: 'ok', found };
  return { name: `  ${name}`, result: 'fail', found, fix: 'See the log of the server.' };
}

function keyCheck(response: HttpResponse): Check {
  if (response.status === 200) return { name: 'key', result: 'ok', found: 'it may read events' };
  const { code, detail } = problemOf(response);
  if (response.status === 403)
    return {
      name: 'key',
      result: 'warn',
      found: 'it may not read events',
      fix: 'Fine for a key that only sends.',
    };
  const fix =
    response.status >= 500
      ? 'See the log of the server.'
      : 'Set COMPTOIR_API_KEY, or run this as the user who started the server.';
  return { name: 'key', result: 'fail', found: `${detail} (${code})`, fix };
}

/** The server wrote its time somewhere between question and answer, which may lie seconds apart. */
function clockCheck(
  response: HttpResponse,
  { askedMs, answeredMs }: { readonly askedMs: number; readonly answeredMs: number },
): Check {
  const there = Date.parse(response.headers.date ?? '');
  if (Number.isNaN(there))
    return {
      name: 'clock',
      result: 'warn',
      found: 'the server sends no Date',
      fix: 'Look at the proxy in between.',
    };
  const seconds = Math.max(0, askedMs - there, there - answeredMs) / 1000;
  const found = `${seconds < 1.5 ? 'less than 2' : Math.round(seconds)} s apart from the server's`;
  return seconds <= CLOCK_SKEW_WARN_SECONDS
    ? { name: 'clock', result: 'ok', found }
    : { name: 'clock', result: 'warn', found, fix: 'Let both machines keep time with NTP.' };
}
