/** A report of a mail server becomes a fact of its message; an address that is gone or complained is not written to again. */
import { suppressionIdOf, SUPPRESSIONS, type MessageFact } from '../../modules/messages/index.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { GiveCommand } from '../commands.ts';
import type { IsCustomer } from '../effects.ts';
import type { FactAppender } from '../message-facts.ts';
import type { MessagePlace } from '../outbox/outbox-row.ts';
import { readEntries } from '../outbox/receipts.ts';
import { isAddressGone, wordsOf, type MailReport } from './parse-report.ts';

export interface ReportDependencies {
  readonly database: Queryable;
  readonly facts: FactAppender;
  readonly giveCommand: GiveCommand;
  readonly isCustomer: IsCustomer;
  /** Id of our message; null for an e-mail that is none of ours. */
  readonly messageIdOf: (mailId: string) => string | null;
  readonly nowIso: () => string;
}

/** False when the report is about nothing that was sent here. Durable when it resolves. */
export async function takeReport(
  deps: ReportDependencies,
  place: MessagePlace,
  report: MailReport,
): Promise<boolean> {
  const messageId = deps.messageIdOf(report.mailId);
  if (messageId === null) return false;
  const entry = (await readEntries(deps.database, place, [messageId])).get(messageId);
  if (entry?.channel !== 'email') return false;
  if (report.kind === 'bounce') {
    const { code, isHard } = report;
    const fact: MessageFact = {
      type: 'MessageBounced',
      data: { messageId, kind: isHard ? 'hard' : 'soft', code, detail: wordsOf(code) },
    };
    const facts = [{ messageId, facts: [fact], once: code, at: deps.nowIso() }];
    await deps.facts.append(place.tenant, facts);
    if (!isHard || !isAddressGone(code)) return true;
  }
  const { person, recipient: addressId } = entry;
  const isKnown = person !== null && (await deps.isCustomer(place.tenant, person));
  await deps.giveCommand({
    tenant: place.tenant,
    category: SUPPRESSIONS,
    command: 'SuppressAddress',
    id: suppressionIdOf({ channel: 'email', addressId }),
    input: {
      channel: 'email',
      reason: report.kind === 'bounce' ? 'hard-bounce' : 'complaint',
      scope: 'all',
      origin: messageId,
      ...(isKnown ? { customerId: person } : {}),
    },
  });
  return true;
}
