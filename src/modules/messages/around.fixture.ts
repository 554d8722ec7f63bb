/** States around a command, by `category/id`, as the pipeline would find them; unknown ones read as without events. */
import { streamName, type Surroundings } from '../../core/aggregate.ts';
import type { SenderTerms } from './senders/events.ts';
import type { KnownSender } from './senders/state.ts';
import type { KnownTemplate } from './templates/state.ts';

export function aroundOf(states: Readonly<Record<string, unknown>>): Surroundings {
  return {
    stateOf: (stream) => states[streamName(stream)] ?? { status: emptyOf(stream.category) },
    versionOf: () => 0,
  };
}

function emptyOf(category: string): string {
  const NONE = [
    'messages',
    'messages.settings',
    'messages.suppressions',
    'messages.conversations',
    'messages.notices',
    'messages.opt-ins',
    'reservations',
    'reservations.waitlist',
  ];
  return NONE.includes(category) ? 'none' : 'unknown';
}

export function senderOf(terms: Partial<SenderTerms> = {}): KnownSender {
  return {
    status: 'open',
    pausedFor: null,
    terms: {
      name: 'Front desk',
      channel: 'whatsapp',
      phoneNumberId: '1',
      wabaId: '2',
      from: '+48123456789',
      replyTo: null,
      secretName: 'main',
      budgetPerSecond: 80,
      dayTier: null,
      quietHours: null,
      caps: [],
      doubleOptIn: false,
      language: 'en',
      ...terms,
    },
  };
}

export function templateOf(more: Partial<KnownTemplate> = {}): KnownTemplate {
  return {
    status: 'active',
    version: 1,
    name: 'hello',
    channel: 'whatsapp',
    category: 'utility',
    variables: [{ name: 'name', example: 'Ana' }],
    texts: [
      { language: 'en', body: 'Hello {{name}}' },
      { language: 'pl', body: 'Cześć {{name}}' },
    ],
    reviews: ['en', 'pl'].map((language) => ({
      language,
      approval: 'approved' as const,
      reason: null,
      providerId: null,
    })),
    previous: null,
    costPerThousand: null,
    ...more,
  };
}

export function commandOf<Command extends { readonly type: string }>(
  type: Command['type'],
  more: {
    readonly input?: unknown;
    readonly id?: string;
    readonly at?: string;
    readonly commandId?: string;
  } = {},
): Command {
  // safe because tests give the input that the command takes
  return {
    type,
    id: 'm1',
    input: {},
    at: '2026-11-22T12:00:00.000Z',
    commandId: 'c1',
    secret: 'c2VjcmV0',
    actor: 'key-1',
    approver: null,
    number: 0,
    ...more,
  } as unknown as Command;
}
