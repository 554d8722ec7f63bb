/** What is written by itself, what starts at its hour, and what an opt-out means to the list of customers. */
import { STREAM_ID } from '../../core/aggregate.ts';
import type { EventType } from '../../core/event-type.ts';
import type { CommandReaction, Policy, Reaction } from '../../core/policy.ts';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import {
  CUSTOMERS,
  customerConsentGiven,
  customerContactChanged,
  identifierPreferred,
  type CustomerEvent,
} from '../customers/index.ts';
import { leadFollowUpDone, leadFollowUpRequested, LEADS, type LeadEvent } from '../leads/index.ts';
import { linesBumped, orderClosed, ORDERS, type OrderEvent } from '../orders/index.ts';
import {
  BOOKING_EVENTS,
  RESERVATIONS,
  WAITLIST,
  waitlistOffered,
  type BookingEvent,
  type WaitlistEvent,
} from '../reservations/index.ts';
import {
  campaignCancelled,
  campaignScheduled,
  campaignStarted,
  campaignUnscheduled,
  type CampaignEvent,
} from './campaigns/events.ts';
import { CAMPAIGNS } from './campaigns/state.ts';
import { conversationOptedOut, type ConversationEvent } from './conversations/events.ts';
import { NOTICES } from './notices/notice.ts';
import { optInIdOf, OPT_INS } from './opt-ins/opt-in.ts';
import type { Channel } from './shapes.ts';
import { messageSettingsSet, type SettingsEvent, type Use } from './settings/settings.ts';
import { addressSuppressed, type SuppressionEvent } from './suppressions/events.ts';

const HOUR_MS = 3_600_000;

/** What of the settings matters before a command is given: a tenant that asks for nothing costs no commands. */
interface Asked {
  readonly uses: readonly Use[];
  readonly reminderHours: number;
}

const BOOKED = [
  'ReservationMade',
  'ReservationConfirmed',
  'ReservationChanged',
  'ReservationCancelled',
  'ReservationExpired',
];

type Booked = Extract<BookingEvent, { type: 'ReservationMade' | 'ReservationChanged' }>;
type Noticed =
  SettingsEvent | BookingEvent | WaitlistEvent | OrderEvent | LeadEvent | CustomerEvent;

/**
 * A process manager for each tenant, whose state is the uses that its settings ask for. Which template, and whether there is
 * anything to say, is decided by the notice.
 */
export const notify: Policy = {
  name: 'messages.notify',
  on: [
    messageSettingsSet,
    ...BOOKING_EVENTS.filter(({ name }) => BOOKED.includes(name)),
    waitlistOffered,
    linesBumped,
    orderClosed,
    leadFollowUpRequested,
    leadFollowUpDone,
    customerConsentGiven,
    customerContactChanged,
    identifierPreferred,
  ] satisfies readonly EventType[],
  keyOf: () => 'settings',
  initialState: { uses: [], reminderHours: 0 } satisfies Asked,
  evolve(state, recorded) {
    if (recorded.type !== messageSettingsSet.name) return state;
    // safe because a recorded event of a declared type has its data
    const { terms } = (recorded as unknown as SettingsEvent).data;
    const { uses, reminderHours } = terms;
    return { uses: uses.map(({ use }) => use), reminderHours } satisfies Asked;
  },
  react(recorded, state) {
    // safe because only `evolve` makes the state
    const asked = state as Asked;
    // safe because a recorded event of a declared type has its data
    const event = recorded as unknown as Noticed & RecordedEvent;
    return reactionsTo(event, asked).filter((reaction) => isAsked(reaction, asked));
  },
};

/** A notice whose id would be too long for a stream is not sent: only ids that a program chose can be. */
function isAsked(reaction: Reaction, { uses }: Asked): boolean {
  if (reaction.kind === 'cancel')
    return uses.includes('booking-reminder') || uses.includes('lead-follow-up');
  const { id, input } = reaction.kind === 'timer' ? reaction.command : reaction;
  // safe because only `notice` and `askOptIn` below make reactions
  const { use = 'double-opt-in' } = input as { readonly use?: Use };
  return uses.includes(use) && STREAM_ID.test(id);
}

function reactionsTo(event: Noticed & RecordedEvent, asked: Asked): readonly Reaction[] {
  switch (event.type) {
    case 'ReservationMade':
      return event.data.status === 'confirmed'
        ? [confirmed(event.id), reminder(event, asked)]
        : [reminder(event, asked)];
    case 'ReservationConfirmed':
      return event.data.status === 'confirmed' ? [confirmed(event.id)] : [];
    case 'ReservationChanged': {
      const thing = { category: RESERVATIONS, id: event.id, version: event.version };
      return [notice('booking-changed', thing), reminder(event, asked)];
    }
    case 'ReservationCancelled':
    case 'ReservationExpired':
      return [{ kind: 'cancel', timer: reminderOf(event.id) }];
    case 'WaitlistOffered':
      return [
        notice('waitlist-offer', { category: WAITLIST, id: event.id, version: event.version }),
      ];
    case 'LinesBumped':
      return event.data.to === 'ready'
        ? [notice('order-ready', { category: ORDERS, id: event.data.orderId })]
        : [];
    case 'OrderClosed': {
      const { orderId: id, customerId, imported } = event.data;
      const isKnown = customerId !== null && !imported;
      return isKnown ? [notice('receipt', { category: ORDERS, id })] : [];
    }
    case 'LeadFollowUpRequested':
      return followUp(event);
    case 'LeadFollowUpDone':
      return [{ kind: 'cancel', timer: followUpOf(event.id) }];
    case 'CustomerConsentGiven': {
      const { customerId, channel } = event.data;
      return [askOptIn(event.tenant, { customerId, channel })];
    }
    case 'CustomerContactChanged':
    case 'CustomerIdentifierPreferred':
      return reachedElsewhere(event);
    default:
      return [];
  }
}

interface Thing {
  readonly category: string;
  readonly id: string;
  /** Where it may be told of more than once. */
  readonly version?: number;
}

function notice(use: Use, { category, id, version }: Thing): CommandReaction {
  const about = { category, id };
  const times = version === undefined ? '' : `.v${version}`;
  return {
    kind: 'command',
    category: NOTICES,
    command: 'SendNotice',
    id: `${use}.${id}${times}`,
    input: { use, about },
  };
}

function confirmed(id: string): Reaction {
  return notice('booking-confirmed', { category: RESERVATIONS, id });
}

/**
 * Set for holds too: whether it is confirmed by then, the notice finds out. Moved when the booking is. Whoever books for
 * this evening has just been told of it: where the hour of reminding has passed already, nobody is reminded.
 */
function reminder(
  { id, at: now, data: { startsAt } }: Booked & RecordedEvent,
  { reminderHours }: Asked,
): Reaction {
  const dueMs = Date.parse(startsAt) - reminderHours * HOUR_MS;
  if (dueMs <= Date.parse(now)) return { kind: 'cancel', timer: reminderOf(id) };
  const at = new Date(dueMs).toISOString();
  // The start belongs to the id: a booking that was moved is reminded of again.
  const command = notice('booking-reminder', {
    category: RESERVATIONS,
    id,
    version: Date.parse(startsAt),
  });
  return { kind: 'timer', timer: reminderOf(id), at, command };
}

function reminderOf(id: string): string {
  return `reminder ${id}`;
}

/**
 * What was asked for by hand is left to a person. Decided when it is due: by then the lead may have been got back to, or may
 * have changed its mind.
 */
function followUp(
  event: Extract<Noticed & RecordedEvent, { type: 'LeadFollowUpRequested' }>,
): readonly Reaction[] {
  const { leadId: id, reason, dueAt: at } = event.data;
  const timer = followUpOf(id);
  if (reason === 'manual') return [{ kind: 'cancel', timer }];
  const command = notice('lead-follow-up', { category: LEADS, id, version: event.version });
  return [{ kind: 'timer', timer, at, command }];
}

function followUpOf(leadId: string): string {
  return `follow-up ${leadId}`;
}

const CHANNELS_OF = { email: ['email'], phone: ['whatsapp', 'sms'], messenger: [] } as const;

/** A consent was confirmed from the address that was there then: another one proves nothing yet. */
function reachedElsewhere({
  type,
  data,
  tenant,
}: Extract<
  Noticed & RecordedEvent,
  { type: 'CustomerContactChanged' | 'CustomerIdentifierPreferred' }
>): readonly Reaction[] {
  const kinds =
    type === 'CustomerIdentifierPreferred'
      ? [data.kind]
      : (['email', 'phone'] as const).filter((kind) => typeof data[kind] === 'string');
  const { customerId } = data;
  return kinds
    .flatMap((kind): readonly Channel[] => CHANNELS_OF[kind])
    .map((channel) => askOptIn(tenant, { customerId, channel, isElsewhere: true }));
}

function askOptIn(
  slug: string,
  of: { readonly customerId: string; readonly channel: Channel; readonly isElsewhere?: true },
): Reaction {
  return {
    kind: 'command',
    category: OPT_INS,
    command: 'AskOptIn',
    id: optInIdOf(of),
    input: { ...of, slug },
  };
}

export const startScheduled: Policy = {
  name: 'messages.start-scheduled',
  on: [campaignScheduled, campaignUnscheduled, campaignStarted, campaignCancelled],
  react(recorded) {
    // safe because a recorded event of a declared type has its data
    const event = recorded as unknown as CampaignEvent;
    if (event.type !== 'CampaignScheduled') return [{ kind: 'cancel', timer: 'start' }];
    const { campaignId: id, startsAt: at } = event.data;
    const command = {
      kind: 'command',
      category: CAMPAIGNS,
      command: 'StartScheduledCampaign',
      id,
      input: { startsAt: at },
    } as const;
    return [{ kind: 'timer', timer: 'start', at, command }];
  },
};

/** Whoever says no to a message says no to the next one, from whichever sender. */
export const withdrawConsent: Policy = {
  name: 'messages.withdraw-consent',
  on: [conversationOptedOut, addressSuppressed],
  react(recorded) {
    // safe because a recorded event of a declared type has its data
    const { type, data } = recorded as unknown as ConversationEvent | SuppressionEvent;
    if (type === 'ConversationOptedOut') return withdrawn(data, 'answered an opt-out word');
    if (type !== 'AddressSuppressed' || data.reason === 'hard-bounce') return [];
    // An opt-out word ends everything and is told by its conversation; what the provider was told of offers, by nobody else.
    const isWord = data.reason === 'opt-out' && data.scope === 'all';
    return isWord ? [] : withdrawn(data, data.reason);
  },
};

function withdrawn(
  { customerId, channel }: { readonly customerId: string | null; readonly channel: string },
  source: string,
): readonly Reaction[] {
  if (customerId === null) return [];
  const input = { channel, source };
  return [
    { kind: 'command', category: CUSTOMERS, command: 'WithdrawConsent', id: customerId, input },
  ];
}

export const MESSAGES_POLICIES = [notify, startScheduled, withdrawConsent] as const;
