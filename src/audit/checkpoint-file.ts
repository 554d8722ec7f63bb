/**
 * Checkpoints outside the database: lines of JSON in `checkpoints.ndjson`, readable by the server's user alone. A file
 * that has grown large is put aside under the time of its last line; those put aside are read too.
 */
import { mkdir, open, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { CheckpointLine } from './checkpoint.ts';

const FILE_NAME = 'checkpoints.ndjson';
const FILE_NAMES = /^checkpoints(-\d{8}T\d{9}Z)?\.ndjson$/;
/** Some 70,000 lines: small enough to copy away, large enough for weeks. */
const FILE_BYTES_MAX = 16 * 2 ** 20;

export interface CheckpointFile {
  /** Durable when it resolves. Errors: those of the file system. */
  append(lines: readonly CheckpointLine[]): Promise<void>;
  /** What stands in the files of one tenant, in no promised order; lines that are no JSON are skipped. */
  read(tenant: string): AsyncIterable<unknown>;
}

export function createCheckpointFile(folder: string): CheckpointFile {
  const file = path.join(folder, FILE_NAME);
  return {
    async append(lines) {
      const last = lines.at(-1);
      if (last === undefined) return;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Opened anew each time, once a minute: whoever moves the file away loses nothing. Appends of processes that share
      // the folder do not mix (O_APPEND).
      const handle = await open(file, 'a', 0o600);
      let bytes = 0;
      try {
        await handle.writeFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
        await handle.datasync();
        ({ size: bytes } = await handle.stat());
      } finally {
        await handle.close();
      }
      if (bytes < FILE_BYTES_MAX) return;
      const at = last.time.replaceAll(/[-:.]/g, '');
      await rename(file, path.join(folder, `checkpoints-${at}.ndjson`));
    },
    async *read(tenant) {
      const names = await readdir(folder).catch(() => []);
      for (const name of names.filter((each) => FILE_NAMES.test(each)))
        yield* linesOf(path.join(folder, name), JSON.stringify(tenant));
    },
  };
}

/** `mark` is looked for before a line is parsed: most lines are of other tenants. */
async function* linesOf(file: string, mark: string): AsyncIterable<unknown> {
  const handle = await open(file);
  for await (const text of handle.readLines()) {
    if (!text.includes(mark)) continue;
    const value = parsed(text);
    if (value !== undefined) yield value;
  }
}

/** A machine that lost power may leave half a line. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
