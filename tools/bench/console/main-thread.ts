/**
 * The tasks of a page's main thread as the browser traces them. Their time on the processor is what the page asks of it;
 * the time on the clock holds what others took of a shared machine as well.
 */
import type { Page } from 'playwright-core';

export interface Tasks {
  /** Milliseconds on the processor, longest first. */
  readonly cpuMs: readonly number[];
  /** Milliseconds on the clock, longest first. */
  readonly wallMs: readonly number[];
}

/** Without names of functions: sampling them costs as much as what is measured. */
const CATEGORIES = ['disabled-by-default-devtools.timeline', '__metadata'];
const TASK = 'RunTask';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Of all that runs in the page while `work` does. */
export async function tasksDuring(page: Page, work: () => Promise<void>): Promise<Tasks> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('a page without a browser of its own cannot be traced');
  await browser.startTracing(page, { categories: CATEGORIES });
  let trace: Buffer | undefined;
  try {
    await work();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(String(trace));
  return tasksOf(traceEvents);
}

/** The busiest main thread of those traced: the page's own. */
export function tasksOf(events: readonly TraceEvent[]): Tasks {
  const threads = new Map<string, TraceEvent[]>();
  const isMain = new Set<string>();
  for (const event of events) {
    const thread = `${event.pid}/${event.tid}`;
    if (event.name === 'thread_name' && event.args?.name === 'CrRendererMain') isMain.add(thread);
    if (event.ph !== 'X' || event.name !== TASK) continue;
    const known = threads.get(thread);
    if (known === undefined) threads.set(thread, [event]);
    else known.push(event);
  }
  const [busiest = []] = [...threads]
    .filter(([thread]) => isMain.has(thread))
    .map(([, tasks]) => tasks)
    .sort((left, right) => right.length - left.length);
  const longestFirst = (part: 'dur' | 'tdur'): readonly number[] =>
    busiest.map((task) => (task[part] ?? 0) / 1_000).sort((left, right) => right - left);
  return { cpuMs: longestFirst('tdur'), wallMs: longestFirst('dur') };
}
