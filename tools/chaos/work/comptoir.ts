/** The command line as a process that can be killed: Node itself, not the shell script around it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { NODE } from '../../../test/support/server-process.ts';
import { getJson } from '../read-server.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const ENTRY = join(ROOT, 'src', 'cli', 'main.ts');

export interface Caller {
  readonly url?: string;
  readonly apiKey: string;
  readonly dataDir: string;
}

export interface CliEnd {
  /** Null after a kill. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Cli {
  readonly process: ChildProcess;
  readonly ended: Promise<CliEnd>;
}

export function comptoir(caller: Caller, ...words: readonly string[]): Cli {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('COMPTOIR_'));
  const child = spawn(NODE, [ENTRY, ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(inherited),
      NO_COLOR: '1',
      COMPTOIR_DATA_DIR: caller.dataDir,
      COMPTOIR_API_KEY: caller.apiKey,
      ...(caller.url === undefined ? {} : { COMPTOIR_URL: caller.url }),
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<CliEnd>((resolve) =>
    child.once('close', (code) => resolve({ code, stdout, stderr })),
  );
  return { process: child, ended };
}

/** Runs to the end; throws what it said unless it went well. */
export async function comptoirDone(caller: Caller, ...words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await comptoir(caller, ...words).ended;
  if (code !== 0) throw new Error(`comptoir ${words.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}

/** A machine that works on other things lets a connection wait longer than requests do: asked again, it is there. */
const BUSY = 'UNAVAILABLE';
const ASKED_MAX = 5;

/** What `comptoir doctor` calls wrong: failed checks, and warnings but that of a full disk. */
export async function doctorSays(caller: Caller): Promise<string[]> {
  let said: string[] = [];
  for (let asked = 0; asked < ASKED_MAX; asked += 1) {
    said = await doctorOnce(caller);
    if (!said.some((one) => one.includes(BUSY))) return said;
  }
  return said;
}

async function doctorOnce(caller: Caller): Promise<string[]> {
  const { stdout, stderr } = await comptoir(caller, 'doctor', '--json').ended;
  const said: unknown = JSON.parse(stdout || 'null');
  if (
    typeof said !== 'object' ||
    said === null ||
    !('checks' in said) ||
    !Array.isArray(said.checks)
  )
    return [`doctor said nothing: ${stderr}`];
  // safe because the doctor's checks are objects with these three texts
  const checks = said.checks as { name: string; result: string; found: string }[];
  return checks
    .filter(({ name, result }) => result !== 'ok' && name !== 'disk space')
    .map(({ name, result, found }) => `doctor: ${result} ${name.trim()}: ${found}`);
}

/** Waits for nothing: whether every read model has read to the end. */
export async function isCaughtUp(access: { url: string; apiKey: string }): Promise<boolean> {
  const { items } = await getJson(access, '/v1/projections');
  // safe because GET /v1/projections is a list of objects with generations
  const models = items as { generations: { state: string; behindEvents: number }[] }[];
  return models.every(({ generations }) =>
    generations.every(
      ({ state, behindEvents }) => state === 'retired' || Number(behindEvents) === 0,
    ),
  );
}
