import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startContractServer } from './testing/contract-server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const BIN = join(ROOT, 'bin', 'comptoir');
const NODE = join(ROOT, 'node_modules', '.bin', 'node');

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-bin-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

interface Watched {
  readonly child: ChildProcess;
  readonly out: { stdout: string; stderr: string };
  readonly exit: Promise<number | null>;
}

function watch(command: string, line: string[], env: Record<string, string> = {}): Watched {
  const child = spawn(command, line, {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', COMPTOIR_DATA_DIR: join(folder, 'data'), ...env },
  });
  children.push(child);
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (out.stdout += String(text)));
  child.stderr.on('data', (text) => (out.stderr += String(text)));
  return { child, out, exit: new Promise((resolve) => child.on('close', (code) => resolve(code))) };
}

describe('bin/comptoir', () => {
  test('works from another folder and through a link, with an old node on the path', async () => {
    symlinkSync(BIN, join(folder, 'linked'));
    writeFileSync(join(folder, 'node'), '#!/bin/sh\necho v12.0.0\n', { mode: 0o755 });
    const ran = watch(join(folder, 'linked'), ['--help'], {
      PATH: `${folder}:${process.env['PATH']}`,
    });
    expect(await ran.exit).toBe(0);
    expect(ran.out.stdout).toContain('Exit codes');
    expect(ran.out.stderr).toBe('');
  });

  test('says what to do where nothing is installed', () => {
    const copy = join(folder, 'copy');
    const ran = spawnSync('sh', [
      '-c',
      `mkdir -p "${copy}/bin" && cp "${BIN}" "${copy}/bin/" && "${copy}/bin/comptoir"`,
    ]);
    expect(ran.status).toBe(1);
    expect(ran.stderr.toString()).toContain('Run "npm ci"');
  });

  test('says what to do where no node is new enough', () => {
    const copy = join(folder, 'copy');
    const script = `mkdir -p "${copy}/bin" "${copy}/node_modules" && cp "${BIN}" "${copy}/bin/" && printf '#!/bin/sh\\necho v20.1.0\\n' > "${folder}/node" && chmod +x "${folder}/node" && PATH="${folder}:$PATH" "${copy}/bin/comptoir"`;
    const ran = spawnSync('sh', ['-c', script]);
    expect(ran.status).toBe(1);
    expect(ran.stderr.toString()).toContain('needs Node 24');
  });

  test('a reader that leaves early ends it without an error', async () => {
    const server = await startContractServer();
    const env = { COMPTOIR_URL: server.url, COMPTOIR_API_KEY: server.key };
    const lines = Array.from({ length: 3000 }, (_, id) =>
      JSON.stringify({ id: `e${id}`, source: '/s', type: 'a' }),
    );
    writeFileSync(join(folder, 'e.ndjson'), lines.join('\n'));
    expect(await watch(BIN, ['ingest', 'e.ndjson'], env).exit).toBe(0);
    const piped = watch('sh', ['-c', `"${BIN}" events --all --json | head -n 1`], env);
    expect(await piped.exit).toBe(0);
    expect(piped.out.stderr).toBe('');
    expect(piped.out.stdout.split('\n')).toHaveLength(2);
    await server.close();
  });

  test('Ctrl-C ends a tail with 130', async () => {
    const server = await startContractServer();
    const running = watch(NODE, [join(ROOT, 'src/cli/main.ts'), 'tail'], {
      COMPTOIR_URL: server.url,
      COMPTOIR_API_KEY: server.key,
    });
    await expect.poll(() => server.tailStarts.length).toBe(1);
    running.child.kill('SIGINT');
    expect(await running.exit).toBe(130);
    await server.close();
  });

  test('Ctrl-C ends an ingest in the middle of a line, with counts and 130 and no rejection', async () => {
    const server = await startContractServer();
    const running = watch(
      NODE,
      [join(ROOT, 'src/cli/main.ts'), 'ingest', '-', '--format', 'ndjson'],
      {
        COMPTOIR_URL: server.url,
        COMPTOIR_API_KEY: server.key,
      },
    );
    const event = (id: number) => `{"id":"e${id}","source":"/s","type":"a"}\n`;
    const lines = Array.from({ length: 501 }, (_, id) => event(id)).join('');
    running.child.stdin?.write(`${lines}{"specversion":"1.0","id":"cut`);
    await expect.poll(() => server.events.length).toBe(500);
    running.child.kill('SIGINT');
    expect(await running.exit).toBe(130);
    expect(running.out.stdout).toMatch(/^\d+ created, 0 duplicates, 0 rejected\n$/);
    expect(running.out.stderr).toContain('Run the same command again');
    await server.close();
  });
});

/** A server around `startServer` whose app is a timer, so that the life of the process is what is tested. */
const SERVER = `
import { startServer } from '${join(ROOT, 'src/cli/start-server.ts')}';
const how = process.argv[2];
await startServer({
  environment: process.env,
  open: async () => {
    if (how === 'taken') throw Object.assign(new Error('listen'), { code: 'EADDRINUSE' });
    const timer = setInterval(() => {}, 1000);
    if (how === 'crash') setTimeout(() => { throw new Error('a bug'); }, 50);
    return {
      url: 'http://127.0.0.1:8080', notices: ['Data is in the usual place.'], adminKey: 'first-key', cliKey: 'first-key',
      close: () => how === 'stuck' ? new Promise(() => {}) : (clearInterval(timer), Promise.resolve()),
    };
  },
  exit: (code) => process.exit(code), stdout: process.stdout, stderr: process.stderr,
});
`;

describe('the life of the server process', () => {
  const serve = (how: string, env: Record<string, string> = {}): Watched => {
    const entry = join(folder, 'server.ts');
    writeFileSync(entry, SERVER);
    return watch(NODE, [entry, how], env);
  };
  const serving = (running: Watched) =>
    expect.poll(() => running.out.stderr).toContain('"serving"');

  test('says where it is and the key once, writes cli.json, and drains on SIGTERM', async () => {
    const running = serve('well');
    await serving(running);
    expect(running.out.stdout).toBe(
      'Comptoir is open at http://127.0.0.1:8080\nData is in the usual place.\n\nYour API key, shown this once:\n  first-key\n\nCtrl-C closes it.\n',
    );
    const path = join(folder, 'data', 'cli.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      url: 'http://127.0.0.1:8080',
      apiKey: 'first-key',
    });
    expect(running.out.stderr).not.toContain('first-key');
    running.child.kill('SIGTERM');
    expect(await running.exit).toBe(0);
    expect(running.out.stderr).toContain('"ended"');
  });

  test('a second signal ends at once, an echo of the first does not count', async () => {
    const running = serve('stuck');
    await serving(running);
    running.child.kill('SIGINT');
    running.child.kill('SIGTERM');
    await expect.poll(() => running.out.stderr).toContain('"draining"');
    expect(running.child.exitCode).toBeNull();
    await expect
      .poll(() => (running.child.kill('SIGINT'), running.child.exitCode), { interval: 200 })
      .toBe(130);
  });

  test('an uncaught error is logged and ends it with 1', async () => {
    const running = serve('crash');
    expect(await running.exit).toBe(1);
    expect(running.out.stderr).toContain('"message":"uncaught error"');
  });

  test('a start that fails says why in words and writes no cli.json', async () => {
    const running = serve('taken');
    expect(await running.exit).toBe(1);
    expect(running.out.stderr).toContain('port 8080 on 127.0.0.1 is taken');
    expect(existsSync(join(folder, 'data', 'cli.json'))).toBe(false);
  });

  test('a wrong configuration is exit code 2 and lists every fault', async () => {
    const running = serve('well', { COMPTOIR_HTTP_PORT: 'x', COMPTOIR_HTP_HOST: 'y' });
    expect(await running.exit).toBe(2);
    expect(running.out.stderr).toContain('COMPTOIR_HTTP_PORT must be');
    expect(running.out.stderr).toContain('Did you mean COMPTOIR_HTTP_HOST?');
  });
});
