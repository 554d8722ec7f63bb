import { expect, test } from 'vitest';
import { tasksOf } from './main-thread.ts';

const thread = (pid: number, name: string) => ({
  name: 'thread_name',
  ph: 'M',
  pid,
  tid: 1,
  args: { name },
});
const task = (pid: number, dur: number, tdur: number) => ({
  name: 'RunTask',
  ph: 'X',
  pid,
  tid: 1,
  dur,
  tdur,
});

test('tasks are those of the page, by the processor and by the clock', () => {
  const events = [
    thread(1, 'CrRendererMain'),
    thread(2, 'CrBrowserMain'),
    thread(3, 'CrRendererMain'),
    task(1, 90_000, 20_000),
    task(1, 8_000, 7_500),
    task(2, 900_000, 900_000),
    task(3, 1_000, 1_000),
    { ...task(1, 5_000_000, 5_000_000), name: 'Layout' },
  ];
  expect(tasksOf(events)).toEqual({ cpuMs: [20, 7.5], wallMs: [90, 8] });
});

test('a trace without a page has no tasks', () => {
  expect(tasksOf([thread(2, 'CrBrowserMain'), task(2, 1, 1)])).toEqual({ cpuMs: [], wallMs: [] });
});
