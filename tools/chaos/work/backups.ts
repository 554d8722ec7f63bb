/**
 * `comptoir backup` and `comptoir restore`, killed in the middle: a folder that bears a backup's name is whole, a data
 * directory that starts holds everything, and what was cut off is simply repeated.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { killEach } from '../../../test/support/postgres-processes.ts';
import { type ServerProcess, spawnServer } from '../../../test/support/server-process.ts';
import { KILL_TARGETS } from '../crash/messages.ts';
import { readAll } from '../read-server.ts';
import { strike } from '../strike.ts';
import { comptoir, comptoirDone, doctorSays } from './comptoir.ts';
import { NOTHING_WRONG, type OpenWork, type Round, type Stage, unless } from './work.ts';

const VICTIMS = ['client', ...KILL_TARGETS] as const;
const CUT_OFF = /A restore into .* was cut off/;
/** A first start on a restored folder sets a password, makes a new incarnation and moves on. */
const FIRST_START_MS = 2_500;

export async function backups({ server, folder, random }: Stage): Promise<OpenWork> {
  const caller = { dataDir: server.dataDir, apiKey: server.apiKey };
  const startMs = performance.now();
  await comptoirDone(caller, 'backup', join(folder, 'backup-0'));
  const wholeMs = Math.round(performance.now() - startMs);
  return {
    async round(kill): Promise<Round> {
      const to = join(folder, `backup-${kill}`);
      const victim = VICTIMS[kill % VICTIMS.length] ?? 'both';
      const afterMs = random.between({ low: 0, high: wholeMs });
      const running = comptoir(caller, 'backup', to);
      await pause(afterMs);
      if (victim === 'client') running.process.kill('SIGKILL');
      else await strike(server, victim);
      await running.ended;
      const wasThere = existsSync(to);
      if (!wasThere) await comptoirDone(caller, 'backup', to);
      const data = join(folder, `unpacked-${kill}`);
      await mkdir(data, { mode: 0o755 });
      const { code, stderr } = await comptoir({ ...caller, dataDir: data }, 'restore', to).ended;
      for (const done of [data, to]) await rm(done, { recursive: true, force: true });
      return {
        hit: `${victim} after ${afterMs} of ${wholeMs} ms, backup ${wasThere ? 'was made' : 'was repeated'}`,
        wrong: code === 0 ? NOTHING_WRONG : [`the backup cannot be restored: ${stderr}`],
      };
    },
    finish: async () => NOTHING_WRONG,
  };
}

export async function restores({ server, folder, random }: Stage): Promise<OpenWork> {
  const from = join(folder, 'to-restore');
  const own = { dataDir: server.dataDir, apiKey: server.apiKey };
  const wanted = await idsIn(server);
  await comptoirDone(own, 'backup', from);
  const startMs = performance.now();
  await restore('restored-0');
  const wholeMs = Math.round(performance.now() - startMs);
  await rm(join(folder, 'restored-0'), { recursive: true, force: true });

  async function restore(name: string): Promise<string> {
    const dataDir = join(folder, name);
    await mkdir(dataDir, { mode: 0o755, recursive: true });
    await comptoirDone({ ...own, dataDir }, 'restore', from);
    return dataDir;
  }

  return {
    async round(kill): Promise<Round> {
      const name = `restored-${kill}`;
      const dataDir = join(folder, name);
      await mkdir(dataDir, { mode: 0o755 });
      const afterMs = random.between({ low: 0, high: wholeMs });
      const running = comptoir({ ...own, dataDir }, 'restore', from);
      await pause(afterMs);
      running.process.kill('SIGKILL');
      await running.ended;
      const isThere = existsSync(join(dataDir, 'postgres'));
      const begun = existsSync(join(dataDir, 'restoring.json'));
      // Every other time somebody starts the server on what was cut off, before they restore again.
      const wrong = begun && !isThere && kill % 2 === 0 ? await refusesToStart(dataDir) : [];
      if (!isThere) await restore(name);
      const copy = await spawnServer({ dataDir });
      try {
        const startedMs = random.between({ low: 0, high: FIRST_START_MS });
        await pause(startedMs);
        killEach([copy.pid, ...copy.postgresPids()]);
        await copy.exited();
        await copy.restart();
        const found = await idsIn(copy);
        return {
          hit:
            `client after ${afterMs} of ${wholeMs} ms, restore ` +
            `${isThere ? 'was done' : 'was repeated'}, first start killed after ${startedMs} ms`,
          wrong: [
            ...wrong,
            ...unless('the restored events are equal', found.join() === wanted.join(), true),
            ...(await doctorSays({ dataDir, url: copy.url, apiKey: copy.apiKey })),
          ],
        };
      } finally {
        await copy.dispose();
        await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
      }
    },
    finish: async () => NOTHING_WRONG,
  };
}

async function refusesToStart(dataDir: string): Promise<string[]> {
  const copy = await spawnServer({ dataDir });
  try {
    await copy.ready();
    return ['a server began anew where a restore was cut off'];
  } catch {
    return CUT_OFF.test(copy.logs())
      ? []
      : [`it did not say why it will not start: ${copy.logs()}`];
  } finally {
    await copy.dispose();
  }
}

async function idsIn({ url, apiKey }: ServerProcess): Promise<string[]> {
  const events = await readAll({ url, apiKey }, '/v1/events');
  return events.map((event) => `${String(event['source'])} ${String(event['id'])}`);
}
