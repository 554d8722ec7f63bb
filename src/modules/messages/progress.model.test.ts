import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordedOf } from '../../../test/support/module-folds.ts';
import { messageIdOf, slotOf } from './campaigns/slots.ts';
import { totalsOf } from './campaigns/progress.ts';
import type { MessageEvent } from './events.ts';
import { campaignPages, countStates, type CampaignPageRow } from './read-models/campaign-pages.ts';
import { messageList } from './read-models/message-list.ts';
import { evolve, initialState, type MessageState } from './state.ts';

const messageId = messageIdOf('autumn', 1);
const REPORTED: readonly MessageEvent[] = [
  { type: 'MessageSent', data: { messageId } },
  { type: 'MessageDelivered', data: { messageId } },
  { type: 'MessageRead', data: { messageId } },
  { type: 'MessageFailed', data: { messageId, class: 'recipient', code: '131026', detail: null } },
];
const ACCEPTED: MessageEvent = {
  type: 'MessageAccepted',
  data: { messageId, attempt: 1, providerId: 'wamid.1' },
};
const RANK = ['MessageAccepted', 'MessageSent', 'MessageFailed', 'MessageDelivered', 'MessageRead'];
const STATUS = ['accepted', 'sent', 'failed', 'delivered', 'read'];

const AT = '2026-11-22T12:00:00.000Z';
const fold = (events: readonly MessageEvent[]): MessageState =>
  events.reduce(
    (state, event, index) => evolve(state, event, { at: AT, version: index + 1 }),
    initialState,
  );
const recorded = (event: MessageEvent | { type: string; data: object }, index: number) =>
  recordedOf(
    { event, moment: { at: AT, version: 1 }, category: 'messages', id: messageId, eventId: 'e' },
    index,
  );

/** Facts of the provider in any order and repeated, with the answer to the call anywhere among them. */
const reports = fc
  .array(fc.constantFrom(...REPORTED), { maxLength: 8 })
  .chain((events) => fc.shuffledSubarray([...events, ACCEPTED], { minLength: events.length + 1 }));

test('M7: reports in any order and repeated give the furthest status, in state, list and page alike', () => {
  fc.assert(
    fc.property(reports, (events) => {
      const furthest = Math.max(...events.map(({ type }) => RANK.indexOf(type)));
      const expected = STATUS[furthest];
      expect(fold(events)).toMatchObject({ status: expected, campaignId: 'autumn' });
      const page = recorded(
        {
          type: 'CampaignPageReleased',
          data: {
            campaignId: 'autumn',
            page: 0,
            recipients: [0, 1, 2].map((slot) => ({
              messageId: messageIdOf('autumn', slot),
              customerId: `c${slot}`,
              language: 'en',
            })),
          },
        },
        0,
      );
      const all = [page, ...events.map((event, index) => recorded(event, index + 1))];
      const rowIn = (model: typeof messageList, key: string) =>
        all.reduce<Readonly<Record<string, unknown>> | null>(
          (row, event) => (model.keys(event).includes(key) ? model.project(row, event, key) : row),
          null,
        );
      expect(rowIn(messageList, messageId)).toMatchObject({ status: expected });
      // safe because the model makes such rows
      const counts = countStates([rowIn(campaignPages, 'autumn~0') as CampaignPageRow]);
      expect(counts).toMatchObject({ [String(expected)]: 1, requested: 2 });
      const { open, accepted } = totalsOf(counts);
      expect([open, accepted]).toEqual([2, 1]);
    }),
    { numRuns: 60 },
  );
});

test('M7: what the sender notes itself counts in its order: held again after a try, unknown, sent anew', () => {
  const attempted = { type: 'MessageAttempted', data: { messageId, attempt: 1 } } as const;
  const held = {
    type: 'MessageHeld',
    data: { messageId, reason: 'throttled', until: AT },
  } as const;
  const unknown = {
    type: 'MessageOutcomeUnknown',
    data: { messageId, attempt: 1, decideFrom: AT },
  } as const;
  expect(fold([attempted, held])).toMatchObject({ status: 'held', reason: 'throttled' });
  expect(fold([attempted, unknown])).toMatchObject({ status: 'unknown', decideFrom: AT });
  const again = { type: 'MessageResendAsked', data: { messageId } } as const;
  expect(fold([attempted, unknown, again])).toMatchObject({ status: 'requested', attempts: 1 });
  expect(fold([attempted, unknown, ACCEPTED])).toMatchObject({
    status: 'accepted',
    decideFrom: null,
  });
});

test('M8: the id of a message of a campaign says where it belongs, others belong nowhere', () => {
  expect(slotOf(messageIdOf('autumn', 1234))).toEqual({
    campaignId: 'autumn',
    slot: 1234,
    page: 2,
    place: 234,
  });
  for (const id of ['01J9ZQ4Y8K3V5T7N2B6M1C0D9E', 'key.abc', 'reply.c1', 'a.cx'])
    expect(slotOf(id)).toBeNull();
});
