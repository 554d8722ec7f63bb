/** Text of a file as it came, before any verdict: read by a worker of the PDF service, under its caps. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openPdfPool } from '../../src/documents/pdf-pool.ts';
import { inputFile, type MadeFile, type Task } from '../../src/documents/task.ts';

export interface TextReader {
  /** Pages with form feeds between them; null for what the reader of text cannot open. */
  textOf(pdf: Uint8Array): Promise<string | null>;
  close(): Promise<void>;
}

/** `folder` belongs to it alone. */
export async function openTextReader(folder: string): Promise<TextReader> {
  const pool = await openPdfPool({ folder, size: 1 });
  const task: Task = {
    kind: 'operate',
    request: { operation: 'text', options: {} },
    inputs: [{ info: null }],
  };
  return {
    async textOf(pdf) {
      const outcome = await pool.run<string>({
        task,
        prepare: (job) => writeFile(path.join(job, inputFile(0)), pdf),
        async collect(result, job) {
          // safe because our own worker answers with what it made
          const [made] = result as readonly MadeFile[];
          return readFile(path.join(job, made?.file ?? ''), 'utf8');
        },
      });
      return outcome.kind === 'done' ? outcome.result : null;
    },
    close: () => pool.stop(),
  };
}
