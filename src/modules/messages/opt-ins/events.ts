/**
 * Events on the stream of a double opt-in, `messages.opt-ins/{customerId}.{channel}`: a consent that came with a message is
 * proven by whoever reads that address. The token goes out in that message and is sealed here.
 */
import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { channel, textOrNull } from '../shapes.ts';

const optInId = Type.String();

export const optInAsked = defineEvent({
  name: 'OptInAsked',
  wireName: 'comptoir.message-opt-in.asked',
  data: Type.Object({ optInId, customerId: Type.String(), channel, token: textOrNull }),
  personal: { person: '/customerId', fields: ['/token'] },
});

export const optInConfirmed = defineEvent({
  name: 'OptInConfirmed',
  wireName: 'comptoir.message-opt-in.confirmed',
  data: Type.Object({ optInId, customerId: Type.String(), channel }),
});

export const OPT_IN_EVENTS = [optInAsked, optInConfirmed] as const;
export type OptInEvent = EventOf<(typeof OPT_IN_EVENTS)[number]>;
