/** A worker that hangs, ends or swells on files that say so, and judges all others as it should: for tests of who watches. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { serveTasks } from '../../platform/workers/serve-tasks.ts';
import { UPLOADED_FILE } from '../task.ts';
import { judge } from './judge.ts';

serveTasks(async (_task, { folder }) => {
  const bytes = await readFile(path.join(folder, UPLOADED_FILE));
  if (bytes.includes('(hang)')) await new Promise(() => setInterval(() => undefined, 1_000));
  if (bytes.includes('(crash)')) process.exit(3);
  const judged = await judge(bytes);
  // What it changes is of no matter here: whoever uploads a disarmed file gets what came.
  return { file: null, ...judged, content: undefined };
});
