/** Gives every file of a folder to a server and gathers what becomes of each. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { examine, type Examined, type Examiner } from './examine.ts';

/** As many as a small server has workers: more would measure its queue. */
const AT_ONCE = 2;

export interface CorpusRun extends Examiner {
  readonly folder: string;
  /** After each file. */
  progress(examined: Examined, done: number, all: number): void;
}

/** In the order of their names. */
export async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.pdf'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

export async function runCorpus(run: CorpusRun): Promise<readonly Examined[]> {
  const files = await filesOf(run.folder);
  const examined: Examined[] = [];
  const waiting = files.values();
  const work = async (): Promise<void> => {
    for (const file of waiting) {
      const pdf = await readFile(path.join(run.folder, file));
      const each = await examine(run, { file, pdf });
      examined.push(each);
      run.progress(each, examined.length, files.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return examined.toSorted((one, other) => (one.file < other.file ? -1 : 1));
}
