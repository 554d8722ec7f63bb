/** A worker that tries what a broken one would, under the permissions of the real one: for tests. */
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { spawnSync } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { serveTasks } from '../../platform/workers/serve-tasks.ts';

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : error;

serveTasks(async (task) => {
  // safe because only the test sends tasks
  const { file } = task as { readonly file: string };
  const tries: Readonly<Record<string, () => unknown>> = {
    connect: () =>
      new Promise((resolve, reject) => {
        connect(9, '127.0.0.1')
          .on('error', reject)
          .on('connect', () => resolve('connected'));
      }),
    fetch: () =>
      fetch('http://127.0.0.1:1999/').catch((error: Error) => Promise.reject(error.cause)),
    lookup: () => lookup('localhost'),
    spawn: () => spawnSync('true'),
    read: () => readFile(file),
    passwords: () => readFile('/etc/passwd'),
  };
  const answers: Record<string, unknown> = {};
  for (const [name, attempt] of Object.entries(tries))
    try {
      await attempt();
      answers[name] = 'done';
    } catch (error) {
      answers[name] = codeOf(error);
    }
  return answers;
});
