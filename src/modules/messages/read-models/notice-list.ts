/** What was, and what was not, written by itself: `status=not-sent` is the list to look at when nobody got a message. */
import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { NOTICE_EVENTS, type NoticeEvent } from '../notices/notice.ts';

export interface NoticeRow {
  readonly status: string;
  readonly use: string;
  readonly reason: string | null;
  readonly about_category: string;
  readonly about_id: string;
  readonly message_id: string | null;
  readonly at: string;
  readonly [column: string]: unknown;
}

export const noticeList = defineReadModel<Recorded<NoticeEvent>, NoticeRow>({
  name: 'messages.notices',
  version: 1,
  columns: {
    status: 'text',
    use: 'text',
    reason: 'text',
    about_category: 'text',
    about_id: 'text',
    message_id: 'text',
    at: 'timestamptz',
  },
  indexes: [['at'], ['status', 'at'], ['about_id']],
  on: NOTICE_EVENTS,
  keys: (event) => [event.data.noticeId],
  project(_row, { type, data, at }) {
    const { use, about } = data;
    const facts = { use, about_category: about.category, about_id: about.id, at };
    return type === 'NoticeRequested'
      ? { ...facts, status: 'requested', reason: null, message_id: data.messageId }
      : { ...facts, status: 'not-sent', reason: data.reason, message_id: null };
  },
  personal: 'none',
  list: {
    filters: { status: 'status', use: 'use', reason: 'reason', aboutId: 'about_id' },
    order: [{ column: 'at', descending: true }],
    range: { column: 'at' },
  },
});
