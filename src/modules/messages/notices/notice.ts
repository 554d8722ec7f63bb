/**
 * Notices: what is written by itself, such as that a booking is confirmed. One stream for each occasion, whose id derives from
 * it, so an event that is answered twice makes one message; and the place where it shows that nothing was sent, and why.
 */
import { Type } from 'typebox';
import type { Refusal, StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { accepted, type Decision } from '../../../core/decision.ts';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { messageUse } from '../events.ts';
import {
  MESSAGE_SETTINGS,
  SETTINGS_ID,
  waysOf,
  type SettingsState,
  type Use,
  type Way,
} from '../settings/settings.ts';
import { id } from '../shapes.ts';
import { MESSAGES } from '../state.ts';
import { occasionOf, occasionStreams } from './occasions.ts';
import { requestBy, waysConsulted, type NotSentReason } from './ways.ts';

export const NOTICES = 'messages.notices';

const about = Type.Object({ category: id, id }, { additionalProperties: false });
const facts = { noticeId: Type.String(), use: messageUse, about };

/** The message has the id of the notice. */
export const noticeRequested = defineEvent({
  name: 'NoticeRequested',
  wireName: 'comptoir.message-notice.requested',
  data: Type.Object({ ...facts, messageId: Type.String() }),
});

export const noticeNotSent = defineEvent({
  name: 'NoticeNotSent',
  wireName: 'comptoir.message-notice.not-sent',
  data: Type.Object({
    ...facts,
    reason: Type.Union([
      Type.Literal('no-template'),
      Type.Literal('no-address'),
      Type.Literal('no-consent'),
      Type.Literal('variables-missing'),
    ]),
  }),
});
export const NOTICE_EVENTS = [noticeRequested, noticeNotSent] as const;
export type NoticeEvent = EventOf<(typeof NOTICE_EVENTS)[number]>;

export const sendNotice = defineCommand({
  name: 'SendNotice',
  summary: 'Writes to whoever should know, with the template of the settings',
  permission: 'send',
  internal: true,
  input: Type.Object({ use: messageUse, about }, { additionalProperties: false }),
  examples: [
    { use: 'booking-confirmed', about: { category: 'reservations', id: 'reservation-1' } },
    { use: 'receipt', about: { category: 'orders', id: 'order-1' } },
    { use: 'lead-follow-up', about: { category: 'leads', id: 'lead-1' } },
  ],
});
export const NOTICE_COMMANDS = [sendNotice] as const;
export type NoticeCommand = CommandFor<typeof sendNotice>;
export const NOTICE_REFUSALS = {} as const satisfies Record<string, Refusal>;

export type NoticeState =
  | { readonly status: 'none' }
  | { readonly status: 'requested'; readonly use: Use; readonly messageId: string }
  | { readonly status: 'not-sent'; readonly use: Use; readonly reason: NotSentReason };
export const initialState: NoticeState = { status: 'none' };

export function evolve(_state: NoticeState, { type, data }: NoticeEvent): NoticeState {
  return type === 'NoticeRequested'
    ? { status: 'requested', use: data.use, messageId: data.messageId }
    : { status: 'not-sent', use: data.use, reason: data.reason };
}

const SETTINGS: StreamReference = { category: MESSAGE_SETTINGS, id: SETTINGS_ID };

export function consults(
  { input }: NoticeCommand,
  around: Surroundings,
): readonly StreamReference[] {
  const ways = waysFrom(around, input.use) ?? [];
  return [SETTINGS, ...occasionStreams(input.about, around), ...waysConsulted(ways)];
}

export function streams({ id: messageId }: NoticeCommand): readonly StreamReference[] {
  return [{ category: MESSAGES, id: messageId }];
}

function waysFrom(around: Surroundings, use: Use): readonly Way[] | null {
  // safe because the stream is one of the category
  return waysOf(around.stateOf(SETTINGS) as SettingsState, use);
}

export function decide(
  state: NoticeState,
  { id: noticeId, at, input }: NoticeCommand,
  around: Surroundings,
): Decision<NoticeEvent> {
  const { use, about: thing } = input;
  const ways = waysFrom(around, use);
  if (state.status !== 'none' || ways === null) return accepted([]);
  const occasion = occasionOf({ use, about: thing, messageId: noticeId, at }, around);
  if (occasion === null) return accepted([]);
  const requested = requestBy(ways, occasion, around);
  if (typeof requested === 'string')
    return accepted([
      { type: 'NoticeNotSent', data: { noticeId, use, about: thing, reason: requested } },
    ]);
  return accepted(
    [{ type: 'NoticeRequested', data: { noticeId, use, about: thing, messageId: noticeId } }],
    [{ category: MESSAGES, id: noticeId, events: [requested] }],
  );
}
