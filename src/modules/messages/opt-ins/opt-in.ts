/** Double opt-in: asks whoever gave a consent to confirm it from the address itself. */
import { Type } from 'typebox';
import type { Refusal, StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { accepted, rejected, type Decision, type EventsElsewhere } from '../../../core/decision.ts';
import { PROFILE_STREAM } from '../../business/index.ts';
import { consentOf, CUSTOMERS, type CustomerState } from '../../customers/index.ts';
import { businessFrom, customerFrom } from '../notices/occasions.ts';
import { requestBy, waysConsulted } from '../notices/ways.ts';
import { MESSAGE_SETTINGS, SETTINGS_ID, waysOf, type SettingsState } from '../settings/settings.ts';
import { channel, id, type Channel } from '../shapes.ts';
import { MESSAGES } from '../state.ts';
import type { OptInEvent } from './events.ts';

export const OPT_INS = 'messages.opt-ins';

/** Where the token stands in the text of the message: see routes-opt-in-token.ts. */
export const OPT_IN_TOKEN_PLACE = '{opt-in-token}';

export function optInIdOf(of: { readonly customerId: string; readonly channel: string }): string {
  return `${of.customerId}.${of.channel}`;
}

export const askOptIn = defineCommand({
  name: 'AskOptIn',
  summary: 'Asks the customer to confirm a consent from the address itself',
  permission: 'send',
  internal: true,
  input: Type.Object(
    {
      customerId: id,
      channel,
      /** Of the public pages. */
      slug: id,
      /** No consent was given: the customer is reached at another address from now on. */
      isElsewhere: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  examples: [
    { customerId: 'customer-1', channel: 'email', slug: 'acme' },
    { customerId: 'customer-1', channel: 'email', slug: 'acme', isElsewhere: true },
  ],
});

export const confirmOptIn = defineCommand({
  name: 'ConfirmOptIn',
  word: 'confirm',
  summary: 'Notes that the link in the message was followed and confirmed',
  permission: 'send',
  internal: true,
  input: Type.Object(
    { /** Whose link was followed; that its token is right was seen before. */ messageId: id },
    { additionalProperties: false },
  ),
  examples: [{ messageId: 'opt-in.1' }],
});

export const OPT_IN_COMMANDS = [askOptIn, confirmOptIn] as const;
export type OptInCommand = CommandFor<(typeof OPT_IN_COMMANDS)[number]>;

export const OPT_IN_REFUSALS = {
  OPT_IN_TOKEN_WRONG: {
    sentence: 'The link is not valid any more.',
    remedy: 'Use the link of the newest message.',
  },
} as const satisfies Record<string, Refusal>;

export type OptInState =
  | { readonly status: 'none' }
  | {
      readonly status: 'asked' | 'confirmed';
      readonly customerId: string;
      readonly channel: Channel;
      /** The newest one asked with; null once the person is erased. */
      readonly messageId: string | null;
    };
export const initialState: OptInState = { status: 'none' };

export function evolve(state: OptInState, event: OptInEvent): OptInState {
  if (event.type === 'OptInAsked') {
    const { customerId, channel: of, messageId } = event.data;
    return { status: 'asked', customerId, channel: of, messageId };
  }
  return state.status === 'none' ? state : { ...state, status: 'confirmed' };
}

const SETTINGS: StreamReference = { category: MESSAGE_SETTINGS, id: SETTINGS_ID };

function settingsFrom(around: Surroundings): SettingsState {
  // safe because the stream is one of the category
  return around.stateOf(SETTINGS) as SettingsState;
}

export function consults(command: OptInCommand, around: Surroundings): readonly StreamReference[] {
  if (command.type === 'ConfirmOptIn') return [];
  const customer = { category: CUSTOMERS, id: command.input.customerId };
  const ways = waysOf(settingsFrom(around), 'double-opt-in') ?? [];
  return [SETTINGS, PROFILE_STREAM, customer, ...waysConsulted(ways)];
}

export function streams(command: OptInCommand): readonly StreamReference[] {
  return command.type === 'ConfirmOptIn' ? [] : [{ category: MESSAGES, id: messageIdOf(command) }];
}

function messageIdOf({ commandId }: OptInCommand): string {
  return `opt-in.${commandId}`;
}

export function decide(
  state: OptInState,
  command: OptInCommand,
  around: Surroundings,
): Decision<OptInEvent> {
  const { id: optInId } = command;
  if (command.type === 'AskOptIn')
    return isToAsk(state, command, around) ? ask(command, around) : accepted([]);
  if (state.status === 'none') return rejected('OPT_IN_TOKEN_WRONG');
  if (state.messageId !== command.input.messageId) return rejected('OPT_IN_TOKEN_WRONG');
  if (state.status === 'confirmed') return accepted([]);
  const { customerId, channel: of } = state;
  return accepted([{ type: 'OptInConfirmed', data: { optInId, customerId, channel: of } }]);
}

/** At another address only where somebody was asked before, for a consent that still counts. */
function isToAsk(
  state: OptInState,
  { input }: Extract<OptInCommand, { type: 'AskOptIn' }>,
  around: Surroundings,
): boolean {
  if (input.isElsewhere !== true) return true;
  // safe because the stream is one of the category
  const customer = around.stateOf({
    category: CUSTOMERS,
    id: input.customerId,
  }) as CustomerState;
  return state.status !== 'none' && consentOf(customer, input.channel) !== null;
}

/** Each consent is confirmed by itself: given again, it is asked again. Without a way to ask, it stays unconfirmed. */
function ask(
  command: Extract<OptInCommand, { type: 'AskOptIn' }>,
  around: Surroundings,
): Decision<OptInEvent> {
  const { id: optInId, input } = command;
  const { customerId } = input;
  const asked = {
    type: 'OptInAsked',
    data: { optInId, customerId, channel: input.channel, messageId: messageIdOf(command) },
  } as const;
  return accepted([asked], messageOf(command, around));
}

function messageOf(
  command: Extract<OptInCommand, { type: 'AskOptIn' }>,
  around: Surroundings,
): readonly EventsElsewhere[] {
  const { id: optInId, input } = command;
  const settings = settingsFrom(around);
  if (settings.status === 'none' || settings.linkBase === null) return [];
  const { linkBase } = settings;
  const { customerId } = input;
  const customer = customerFrom(around, customerId);
  const messageId = messageIdOf(command);
  const link = `${linkBase}/public/${input.slug}/opt-in/${optInId}.${OPT_IN_TOKEN_PLACE}`;
  const requested = requestBy(
    waysOf(settings, 'double-opt-in') ?? [],
    {
      ...customer,
      messageId,
      personId: customerId,
      customerId,
      leadId: null,
      refuses: (of) => (of === input.channel ? null : 'no-address'),
      values: () => ({ name: customer.name ?? '', ...businessFrom(around), link }),
      rest: { use: 'double-opt-in', about: { category: OPT_INS, id: optInId } },
    },
    around,
  );
  if (typeof requested === 'string') return [];
  return [{ category: MESSAGES, id: messageId, events: [requested] }];
}
