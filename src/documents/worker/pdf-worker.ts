/** Judges and changes PDFs; runs as a child of a worker pool, one file of the outside world at a time. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { serveTasks, type TaskContext } from '../../platform/workers/serve-tasks.ts';
import {
  inputFile,
  LOGO_FILE,
  UPLOADED_FILE,
  type Judgement,
  type MadeFile,
  type Task,
} from '../task.ts';
import { judge } from './judge.ts';
import { operate, ownPdf, type Made } from './operate.ts';
import { printPaper, type PrintedLogo } from './print-paper.ts';
import { forgetQpdf } from './qpdf.ts';

const DISARMED_FILE = 'disarmed';

serveTasks(async (given, context) => {
  // safe because only our own server sends tasks, and it has checked what came from outside
  const task = given as Task;
  const { folder } = context;
  forgetQpdf();
  switch (task.kind) {
    case 'judge':
      return judgement(folder);
    case 'print':
      return kept(folder, [await ownPdf(printPaper(task.paper, await logoOf(task, folder)))]);
    case 'operate':
      return kept(folder, await operated(task, context));
  }
});

async function logoOf(
  { logo }: Extract<Task, { readonly kind: 'print' }>,
  folder: string,
): Promise<PrintedLogo | null> {
  if (logo === null) return null;
  const bytes = await readFile(path.join(folder, LOGO_FILE)).catch(() => null);
  return bytes === null ? null : { name: logo, bytes };
}

async function operated(
  task: Extract<Task, { readonly kind: 'operate' }>,
  { folder, progress }: TaskContext,
): Promise<readonly Made[]> {
  const inputs = await Promise.all(
    task.inputs.map(async ({ info }, index) => ({
      bytes: await readFile(path.join(folder, inputFile(index))),
      info,
    })),
  );
  return operate(task.request, inputs, progress);
}

function kept(folder: string, made: readonly Made[]): Promise<readonly MadeFile[]> {
  return Promise.all(
    made.map(async ({ bytes, ...rest }, index) => {
      const file = `made-${index}`;
      await writeFile(path.join(folder, file), bytes, { mode: 0o600 });
      return { ...rest, file } satisfies MadeFile;
    }),
  );
}

async function judgement(folder: string): Promise<Judgement> {
  const judged = await judge(await readFile(path.join(folder, UPLOADED_FILE)));
  if (judged.verdict === 'locked' || judged.verdict === 'refused') return judged;
  const { verdict, removed, info, content } = judged;
  if (verdict === 'clean') return { verdict, removed, info, file: null };
  await writeFile(path.join(folder, DISARMED_FILE), content, { mode: 0o600 });
  return { verdict, removed, info, file: DISARMED_FILE };
}
