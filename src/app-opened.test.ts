import { expect, test } from 'vitest';
import { Opened } from './app-opened.ts';

test('everything is closed in reverse order, also behind a failure, which is told at the end', async () => {
  const opened = new Opened();
  const closed: string[] = [];
  for (const name of ['database', 'log', 'server'])
    opened.add(name, (it) => {
      closed.push(it);
      if (it === 'log') throw new Error('the log does not close');
    });
  await expect(opened.close()).rejects.toThrow('the log does not close');
  expect(closed).toEqual(['server', 'log', 'database']);
  await opened.close();
  expect(closed).toHaveLength(3);
});
