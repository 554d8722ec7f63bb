/** The order lines of a restaurant through the command line: what the two tests of them share. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { jsonObject } from '../../tools/chaos/http-client.ts';
import { readAll } from '../../tools/chaos/read-server.ts';
import { killEach } from '../support/postgres-processes.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { until } from '../support/until.ts';

const COMPTOIR = join(import.meta.dirname, '..', '..', 'bin', 'comptoir');
const TYPE = 'shop.order.line';
const INGEST_TIMEOUT_MS = 60_000;

export interface Ingest {
  readonly process: ChildProcess;
  /** The counts that it printed, once it has ended; null when it was killed. */
  readonly counts: Promise<Record<string, unknown> | null>;
  /** What it wrote to stderr. */
  readonly words: () => string;
}

/** Starts `comptoir ingest FILE`; `-` reads what the caller writes to the process's stdin. */
export function ingest(server: ServerProcess, file: string): Ingest {
  const args = [
    'ingest',
    file,
    '--format',
    'tsv',
    '--type',
    TYPE,
    '--source',
    '/import/orders',
    '--json',
  ];
  const child = spawn(COMPTOIR, [...args, '--id', 'line-{row}', '--subject', 'order/{order_id}'], {
    env: {
      ...process.env,
      COMPTOIR_URL: server.url,
      COMPTOIR_API_KEY: server.apiKey,
      NO_COLOR: '1',
    },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  // The pipe breaks when the process is killed, which one test does on purpose.
  child.stdin.on('error', () => {});
  const counts = new Promise<Record<string, unknown> | null>((resolve) =>
    child.once('close', (code) => resolve(code === null ? null : jsonObject(output))),
  );
  return { process: child, counts, words: () => errors };
}

export function storedLines(server: ServerProcess): Promise<Record<string, unknown>[]> {
  return readAll({ url: server.url, apiKey: server.apiKey }, '/v1/events');
}

/** Sends the first half, kills the command, the server and PostgreSQL, and starts the server again. */
export async function killInTheMiddle(server: ServerProcess, table: string): Promise<number> {
  const half = table.indexOf('\n', table.length / 2) + 1;
  const running = ingest(server, '-');
  running.process.stdin?.write(table.slice(0, half));
  await until('the first lines to be stored', async () => (await storedLines(server)).length > 0, {
    timeoutMs: INGEST_TIMEOUT_MS,
    explain: running.words,
  });
  const postgres = server.postgresPids();
  running.process.kill('SIGKILL');
  killEach([server.pid, ...postgres]);
  await Promise.all([running.counts, server.exited()]);
  await server.restart();
  return (await storedLines(server)).length;
}
