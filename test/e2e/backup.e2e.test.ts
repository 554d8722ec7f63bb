/** Backup and restore as an operator does them: by the command line, to a second server that is then read. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../../tools/chaos/http-client.ts';
import { cursorNow, readAll } from '../../tools/chaos/read-server.ts';
import { type ServerProcess, startServer, temporaryFolder } from '../support/server-process.ts';
import { eventsOf, postBatch, postOne, verdictOf } from './wire.ts';

const TEST_TIMEOUT_MS = 120_000;
const COMPTOIR = join(import.meta.dirname, '..', '..', 'bin', 'comptoir');
const run = promisify(execFile);

/** Runs `comptoir` for one data directory; rejects with the exit code when it is not 0. */
function comptoir(dataDir: string, words: readonly string[], env: Record<string, string> = {}) {
  return run(COMPTOIR, [...words], {
    env: { ...process.env, COMPTOIR_DATA_DIR: dataDir, NO_COLOR: '1', ...env },
  });
}

describe('a backup by the command line', () => {
  let server: ServerProcess;
  let folder = '';
  let copy: ServerProcess | undefined;
  let cursor = '';
  const kept = eventsOf('kept', 300);
  const late = eventsOf('late', 5);
  const paths = () => ({ backup: join(folder, 'monday'), data: join(folder, 'restored') });

  beforeAll(async () => {
    [server, folder] = [await startServer(), await temporaryFolder('comptoir-backup-')];
    await postBatch(server, kept);
    await comptoir(server.dataDir, ['backup', paths().backup]);
    await postBatch(server, late);
    cursor = await cursorNow(server);
  }, TEST_TIMEOUT_MS);
  afterAll(async () => {
    await copy?.dispose();
    await server?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'is restored into a server that holds what was there then, under the same keys',
    async () => {
      const { data, backup } = paths();
      const { stdout } = await comptoir(data, ['restore', backup]);
      expect(stdout).toContain(data);
      copy = await startServer({ dataDir: data });
      const events = await readAll({ url: copy.url, apiKey: server.apiKey }, '/v1/events');
      expect(events.map((event) => event['id'])).toEqual(kept.map((event) => event['id']));
      expect(events.at(-1)).toMatchObject({ data: kept.at(-1)?.['data'] });
    },
    TEST_TIMEOUT_MS,
  );

  it('is read by the command line, which is told the key', async () => {
    const { stdout } = await comptoir(paths().data, ['events', '--limit', '2', '--json'], {
      COMPTOIR_API_KEY: server.apiKey,
    });
    const ids = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).id]));
    expect(ids).toEqual(['kept-0', 'kept-1']);
  });

  it('refuses a cursor of the log before, in a listing and in a tail', async () => {
    for (const path of ['/v1/events', '/v1/events/tail']) {
      const answer = await send({
        url: `${copy!.url}${path}?after=${encodeURIComponent(cursor)}`,
        apiKey: server.apiKey,
      });
      expect(verdictOf(answer)).toBe('410 CURSOR_FOREIGN');
    }
  });

  it('takes again what came after it and knows what it holds', async () => {
    expect((await postOne(copy!, late[0]!)).status).toBe(201);
    expect(await postOne(copy!, kept[0]!)).toMatchObject({ status: 200 });
    expect(await readAll(copy!, '/v1/events')).toHaveLength(kept.length + 1);
  });

  it('is not restored over data, nor written over another backup', async () => {
    const { data, backup } = paths();
    await expect(comptoir(data, ['restore', backup])).rejects.toMatchObject({ code: 1 });
    await expect(comptoir(server.dataDir, ['backup', backup])).rejects.toMatchObject({ code: 1 });
  });
});
