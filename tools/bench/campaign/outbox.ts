/** What the outbox says of a campaign while it runs and afterwards. */
import type { Database } from '../../../src/platform/postgres/database.ts';

export interface OutboxRow {
  readonly messageId: string;
  readonly state: string;
}

export async function readOutbox(database: Database): Promise<readonly OutboxRow[]> {
  const { rows } = await database.query<{ message_id: string; state: string }>({
    text: 'select message_id, state from messaging_outbox',
  });
  return rows.map(({ message_id: messageId, state }) => ({ messageId, state }));
}

/** Messages that wait for their turn or are under way; without those that wait for their pair. */
export async function countOpen(database: Database): Promise<number> {
  const { rows } = await database.query<{ open: number }>({
    text: `select count(*)::integer as open from messaging_outbox
            where state in ('queued', 'claimed', 'sending', 'paused')`,
  });
  return rows[0]?.open ?? 0;
}

/** Intents of a process that was killed at `killedMs`: requests that were under way then. */
export async function countInFlight(database: Database, killedMs: number): Promise<number> {
  const { rows } = await database.query<{ under_way: number }>({
    text: `select count(*)::integer as under_way from messaging_outbox
            where state = 'sending' and changed_at_us < $1`,
    values: [killedMs * 1000],
  });
  return rows[0]?.under_way ?? 0;
}
