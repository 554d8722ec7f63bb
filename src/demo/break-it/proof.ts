/** Whether what was acknowledged is in the log, once: read from the log, not from what the senders think. */
import type { LogReader } from '../../log/log.ts';
import { DEMO_TENANT } from '../seed-demo.ts';

const PAGE = 1000;

export interface Proof {
  /** Events of this run that the server said it has. */
  readonly acknowledged: number;
  /** Of those, how many the log holds. */
  readonly found: number;
  readonly lost: number;
  readonly doubled: number;
}

export interface Evidence {
  readonly source: string;
  /** Position of the demo's bucket before the run. */
  readonly after: bigint;
  readonly acknowledged: ReadonlySet<string>;
}

export async function proofOf(log: Pick<LogReader, 'find'>, evidence: Evidence): Promise<Proof> {
  const { source, acknowledged } = evidence;
  const times = new Map<string, number>();
  for (let after = evidence.after; ;) {
    const page = await log.find({ tenant: DEMO_TENANT, after, limit: PAGE, source });
    for (const { id } of page.events) times.set(id, (times.get(id) ?? 0) + 1);
    if (!page.more) break;
    after = page.nextAfter;
  }
  const found = [...acknowledged].filter((id) => times.has(id)).length;
  return {
    acknowledged: acknowledged.size,
    found,
    lost: acknowledged.size - found,
    doubled: [...times.values()].reduce((sum, count) => sum + count - 1, 0),
  };
}
