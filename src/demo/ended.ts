/** That the demo was deleted is an event in its own log: no start fills it again, and an unfinished deletion goes on. */
import { jsonDraftOf } from '../core/event.ts';
import type { EventLog, LogReader } from '../log/log.ts';
import { DEMO_TENANT } from './seed-demo.ts';

const ENDED = { id: 'demo-deleted', source: '/demo', type: 'com.example.demo.deleted' };

export async function hasDemoEnded(log: Pick<LogReader, 'find'>): Promise<boolean> {
  const { id, source } = ENDED;
  for (let after = 0n; ;) {
    const page = await log.find({ tenant: DEMO_TENANT, after, limit: 1, id, source });
    if (page.events.length > 0 || !page.more) return page.events.length > 0;
    after = page.nextAfter;
  }
}

/** Repeated, it stores nothing. */
export async function markDemoEnded(log: Pick<EventLog, 'appendReceived'>): Promise<void> {
  await log.appendReceived(DEMO_TENANT, [jsonDraftOf(ENDED, {})]);
}
