/** A worker that behaves as it is told, for the tests of the pool. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { serveTasks } from './serve-tasks.ts';
import { TaskRefused } from './worker-messages.ts';

serveTasks(async (task, { folder, progress }) => {
  switch (task) {
    case 'pid':
      return process.pid;
    case 'environment':
      return Object.keys(process.env);
    case 'write':
      await writeFile(path.join(folder, 'out'), 'written');
      progress(0.5);
      return 'wrote';
    case 'refuse':
      throw new TaskRefused('UNREADABLE', 'it is not what it says');
    case 'throw':
      throw new Error('broken');
    case 'exit':
      return process.exit(3);
    case 'hang':
      progress(0.1);
      return await new Promise(() => setInterval(() => undefined, 1000));
    case 'spin':
      for (;;);
    case 'eat': {
      const eaten: Buffer[] = [];
      for (;;) {
        eaten.push(Buffer.alloc(16 * 1024 * 1024, 1));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
    case 'connect': {
      const { connect } = await import('node:net');
      return await new Promise((resolve) => {
        connect(9, '127.0.0.1')
          .on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
          .on('connect', () => resolve('connected'));
      });
    }
    default:
      return task;
  }
});
