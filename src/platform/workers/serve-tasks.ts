/** The child's side of a worker pool: takes a task, answers, waits for the next. Everything else is the parent's affair. */
import { TaskRefused, type WorkerReply, type WorkerTask } from './worker-messages.ts';

export interface TaskContext {
  readonly folder: string;
  /** Share done, 0 to 1. */
  progress(share: number): void;
}

/** Long traces of a hostile file would only fill the parent's log. */
const DETAIL_LENGTH_MAX = 500;

/** Never returns in effect: the process lives for its parent and ends with it. */
export function serveTasks(
  handle: (task: unknown, context: TaskContext) => Promise<unknown>,
): void {
  process.on('disconnect', () => process.exit(0));
  // One task at a time is the parent's promise.
  process.on('message', (message) => {
    // safe because only the parent can write to this channel
    void answer(message as WorkerTask, handle);
  });
  reply({ kind: 'ready' });
}

async function answer(
  { task, folder }: WorkerTask,
  handle: (task: unknown, context: TaskContext) => Promise<unknown>,
): Promise<void> {
  try {
    const progress = (share: number): void => reply({ kind: 'progress', share });
    // From here on the task may be to blame for whatever happens to this process.
    reply({ kind: 'begun' });
    reply({ kind: 'done', result: await handle(task, { folder, progress }) });
  } catch (error) {
    const detail = (error instanceof Error ? error.message : String(error)).slice(
      0,
      DETAIL_LENGTH_MAX,
    );
    reply(
      error instanceof TaskRefused
        ? { kind: 'refused', code: error.code, detail }
        : { kind: 'failed', detail },
    );
  }
}

function reply(message: WorkerReply): void {
  process.send?.(message);
}
