/**
 * Events on the stream of a double opt-in, `messages.opt-ins/{customerId}.{channel}`: a consent that came with a message is
 * proven by whoever reads that address. The token that proves it follows from the id of the message and a secret of the
 * server, and stands in no event. Version 1 held a token, which whoever may read events could read: such links are void.
 */
import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { channel, textOrNull } from '../shapes.ts';

const optInId = Type.String();

export const optInAsked = defineEvent({
  name: 'OptInAsked',
  wireName: 'comptoir.message-opt-in.asked',
  version: 2,
  data: Type.Object({
    optInId,
    customerId: Type.String(),
    channel,
    /** The message whose link confirms it; null once the person is erased, and the link opens nothing then. */
    messageId: textOrNull,
  }),
  personal: { person: '/customerId', fields: ['/messageId'] },
  upcasters: {
    1(data) {
      const { token: _token, ...kept } = Object(data);
      return { ...kept, messageId: null };
    },
  },
});

export const optInConfirmed = defineEvent({
  name: 'OptInConfirmed',
  wireName: 'comptoir.message-opt-in.confirmed',
  data: Type.Object({ optInId, customerId: Type.String(), channel }),
});

export const OPT_IN_EVENTS = [optInAsked, optInConfirmed] as const;
export type OptInEvent = EventOf<(typeof OPT_IN_EVENTS)[number]>;
