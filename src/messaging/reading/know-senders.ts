/**
 * The demo's senders in the outbox. Earlier releases kept the demo from whoever fills it, so its senders passed unseen, and what
 * nobody knows the sender of would wait for ever.
 */
import type { ReadModel } from '../../core/read-model.ts';
import { senderList, type SenderRow } from '../../modules/messages/index.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { RowReader } from '../../projections/projections.ts';
import type { MessagePlace } from '../outbox/outbox-row.ts';
import { saveSender } from '../outbox/senders.ts';

/** A business has a handful. */
const SENDERS_MAX = 200;

/** Those that are open; again it changes nothing. Errors: those of the list and the database. */
export async function knowSenders(
  deps: {
    readonly database: Queryable;
    readonly reader: (model: ReadModel) => Pick<RowReader, 'list'>;
  },
  place: MessagePlace,
): Promise<void> {
  const { tenant } = place;
  const filters = { status: 'open' };
  const { items } = await deps.reader(senderList).list({ tenant, filters, limit: SENDERS_MAX });
  for (const { key: senderId, row } of items) {
    // safe because only this read model writes rows of it
    const { budget_per_second: budget, day_tier: dailyMax } = row as SenderRow;
    await saveSender(deps.database, { ...place, senderId, budget, dailyMax });
  }
}
