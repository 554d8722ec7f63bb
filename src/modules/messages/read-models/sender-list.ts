import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { SENDER_EVENTS, type SenderEvent, type SenderTerms } from '../senders/events.ts';
import type { FrequencyCap, QuietHours } from '../shapes.ts';

export interface SenderRow {
  readonly name: string;
  readonly channel: string;
  readonly status: string;
  readonly paused_for: string | null;
  readonly phone_number_id: string | null;
  readonly waba_id: string | null;
  readonly from_address: string;
  readonly reply_to: string | null;
  readonly secret_name: string | null;
  readonly budget_per_second: number;
  readonly day_tier: number | null;
  readonly quiet_hours: QuietHours | null;
  readonly caps: readonly FrequencyCap[];
  readonly double_opt_in: boolean;
  readonly language: string;
  readonly added_at: string;
  readonly [column: string]: unknown;
}

export const senderList = defineReadModel<Recorded<SenderEvent>, SenderRow>({
  name: 'messages.senders',
  version: 1,
  columns: {
    name: 'text',
    channel: 'text',
    status: 'text',
    paused_for: 'text',
    phone_number_id: 'text',
    waba_id: 'text',
    from_address: 'text',
    reply_to: 'text',
    secret_name: 'text',
    budget_per_second: 'integer',
    day_tier: 'integer',
    quiet_hours: 'jsonb',
    caps: 'jsonb',
    double_opt_in: 'boolean',
    language: 'text',
    added_at: 'timestamptz',
  },
  indexes: [['name'], ['phone_number_id']],
  on: SENDER_EVENTS,
  keys: (event) => [event.data.senderId],
  project(row, event) {
    if (event.type === 'MessageSenderAdded')
      return {
        ...columnsOf(event.data.terms),
        status: 'open',
        paused_for: null,
        added_at: event.at,
      };
    if (row === null) return null;
    switch (event.type) {
      case 'MessageSenderChanged':
        return { ...row, ...columnsOf(event.data.terms) };
      case 'MessageSenderPaused':
        return { ...row, status: 'paused', paused_for: event.data.reason };
      case 'MessageSenderResumed':
        return { ...row, status: 'open', paused_for: null };
      case 'MessageSenderClosed':
        return { ...row, status: 'closed', paused_for: null };
    }
  },
  personal: 'none',
  list: {
    filters: { channel: 'channel', status: 'status', phoneNumberId: 'phone_number_id' },
    order: [{ column: 'name' }],
  },
});

function columnsOf(terms: SenderTerms) {
  return {
    name: terms.name,
    channel: terms.channel,
    phone_number_id: terms.phoneNumberId,
    waba_id: terms.wabaId,
    from_address: terms.from,
    reply_to: terms.replyTo,
    secret_name: terms.secretName,
    budget_per_second: terms.budgetPerSecond,
    day_tier: terms.dayTier,
    quiet_hours: terms.quietHours,
    caps: terms.caps,
    double_opt_in: terms.doubleOptIn,
    language: terms.language,
  };
}
