/**
 * One Comptoir per data directory.
 *
 * The lock must fall by itself when its holder is killed, must never be stolen by two newcomers at once, and must not
 * wait. A file holding a process id can do none of it without a race (two newcomers both find it stale, the slower one
 * removes the faster one's lock). The operating system's record locks can, and SQLite, which is built into Node, is
 * the one way to them without a native add-on: an exclusive transaction on an empty database file. The file stays
 * empty for ever.
 *
 * The lock belongs to the process: closing any other descriptor of `instance.lock` in this process would drop it
 * (POSIX fcntl), so nothing else opens that file. Who holds it stands beside it in `instance.json`, for the message only.
 */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartRefused } from '../start-refused.ts';

export interface DataDirLock {
  release(): Promise<void>;
}

/** Takes the lock of `dataDir`, made when missing, or throws StartRefused naming the directory and the holder. */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  await mkdir(dataDir, { recursive: true });
  const file = path.join(dataDir, 'instance.lock');
  const holder = path.join(dataDir, 'instance.json');
  const connection = await takeLock(file, dataDir, holder);
  // SQLite makes the file with the usual mode; locking it needs the right to write, which is not for others.
  await chmod(file, 0o600);
  const about = { pid: process.pid, startedAt: new Date().toISOString() };
  // On a full disk there is a lock all the same, only the message to a second instance is poorer.
  await writeFile(holder, `${JSON.stringify(about)}\n`, { mode: 0o600 }).catch(() => {});
  let released = false;
  return {
    release(): Promise<void> {
      if (!released) connection.close();
      released = true;
      return Promise.resolve();
    },
  };
}

async function takeLock(file: string, dataDir: string, holder: string): Promise<DatabaseSync> {
  let connection: DatabaseSync | undefined;
  try {
    connection = new DatabaseSync(file, { timeout: 0 });
    // Nothing is ever written, so there is nothing to roll back and no journal file to leave behind.
    connection.exec('pragma journal_mode = memory');
    connection.exec('begin exclusive');
    return connection;
  } catch (error) {
    connection?.close();
    if (error instanceof Error && error.message.includes('locked')) {
      throw new StartRefused(
        `Another Comptoir${await describeHolder(holder)} uses the data directory ${dataDir}. Stop it first, or set COMPTOIR_DATA_DIR to another directory.`,
      );
    }
    throw new StartRefused(
      `The data directory ${dataDir} cannot be locked: ${String(error)}. It must be writable by this user.`,
      { cause: error },
    );
  }
}

async function describeHolder(holder: string): Promise<string> {
  try {
    // safe because: a wrong shape only makes the message poorer.
    const about = JSON.parse(await readFile(holder, 'utf8')) as Record<string, unknown>;
    return ` (process ${String(about['pid'])}, started ${String(about['startedAt'])})`;
  } catch {
    return '';
  }
}
