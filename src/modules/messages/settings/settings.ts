/** What is written by itself, and with which templates: one stream for a tenant, `messages.settings/main`. */
import { Type, type Static } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { messageUse } from '../events.ts';
import { id } from '../shapes.ts';

export const MESSAGE_SETTINGS = 'messages.settings';
export const SETTINGS_ID = 'main';
/** A use falls back from WhatsApp to e-mail to SMS. */
const WAYS_MAX = 3;
/** Long enough to come back the evening before. */
const REMINDER_HOURS = 24;

/** In order of preference: the first that the person has an address for. Without one the use is not served. */
const way = Type.Object({ senderId: id, templateId: id }, { additionalProperties: false });
export type Way = Static<typeof way>;

export type Use = Static<typeof messageUse>;

/** A use that is listed without a way is asked for and not served: it shows as "not sent: no template". */
const useTerms = Type.Object(
  { use: messageUse, ways: Type.Array(way, { maxItems: WAYS_MAX }) },
  { additionalProperties: false },
);

const terms = Type.Object({
  uses: Type.Array(useTerms),
  /** Before a booking begins. */
  reminderHours: Type.Integer(),
  /** `https://host` of the public pages, for links in messages; null for no links. */
  linkBase: Type.Union([Type.String(), Type.Null()]),
});
export type MessageSettings = Static<typeof terms>;

export const messageSettingsSet = defineEvent({
  name: 'MessageSettingsSet',
  wireName: 'comptoir.message-settings.set',
  data: Type.Object({ settingsId: Type.String(), terms }),
});
export const SETTINGS_EVENTS = [messageSettingsSet] as const;
export type SettingsEvent = EventOf<typeof messageSettingsSet>;

export const setMessageSettings = defineCommand({
  name: 'SetMessageSettings',
  summary: 'Says what is written by itself; what is left out stays. There is one, `main`',
  permission: 'settings',
  input: Type.Object(
    {
      uses: Type.Optional(Type.Array(useTerms, { maxItems: 20 })),
      reminderHours: Type.Optional(Type.Integer({ minimum: 1, maximum: 168 })),
      linkBase: Type.Optional(
        Type.Union([Type.String({ pattern: '^https?://[^\\s/?#]{1,200}$' }), Type.Null()]),
      ),
    },
    { additionalProperties: false },
  ),
  examples: [
    {
      uses: [
        { use: 'booking-confirmed', ways: [{ senderId: 'front-desk', templateId: 'confirmed' }] },
        { use: 'booking-reminder', ways: [] },
      ],
      reminderHours: 24,
      linkBase: 'https://example.com',
    },
    { uses: [] },
  ],
});
export const SETTINGS_COMMANDS = [setMessageSettings] as const;
export type SettingsCommand = CommandFor<typeof setMessageSettings>;

export const SETTINGS_REFUSALS = {
  MESSAGE_SETTINGS_ELSEWHERE: {
    sentence: 'A business has one set of message settings, and its id is `main`.',
    remedy: 'Set `main`.',
  },
  MESSAGE_USE_TWICE: {
    sentence: 'A use stands twice.',
    remedy: 'Give all ways of a use together, in order of preference.',
  },
} as const satisfies Record<string, Refusal>;

export type SettingsState =
  { readonly status: 'none' } | ({ readonly status: 'set' } & MessageSettings);
export const initialState: SettingsState = { status: 'none' };

const NOTHING_SET: MessageSettings = { uses: [], reminderHours: REMINDER_HOURS, linkBase: null };

export function decide(
  state: SettingsState,
  { id: settingsId, input }: SettingsCommand,
): Decision<SettingsEvent> {
  if (settingsId !== SETTINGS_ID) return rejected('MESSAGE_SETTINGS_ELSEWHERE');
  const { status: _status, ...held } =
    state.status === 'none' ? { ...NOTHING_SET, status: '' } : state;
  const next = { ...held, ...input };
  const names = next.uses.map(({ use }) => use);
  const twice = names.find((use, index) => names.indexOf(use) !== index);
  if (twice !== undefined) return rejected('MESSAGE_USE_TWICE', { use: twice });
  if (state.status === 'set' && JSON.stringify(next) === JSON.stringify(held)) return accepted([]);
  return accepted([{ type: 'MessageSettingsSet', data: { settingsId, terms: next } }]);
}

export function evolve(_state: SettingsState, { data }: SettingsEvent): SettingsState {
  return { status: 'set', ...data.terms };
}

/** Null where the use is not asked for at all. */
export function waysOf(state: SettingsState, use: Use): readonly Way[] | null {
  if (state.status === 'none') return null;
  return state.uses.find((each) => each.use === use)?.ways ?? null;
}
