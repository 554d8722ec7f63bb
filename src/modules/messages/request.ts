/**
 * Making the first event of a message: who it goes to, from whom, and what it says are looked up and held together here,
 * for single messages, replies and notices alike. Whether it may go out is another question, asked when it is due
 * (rules/judge-send.ts). Pure.
 */
import type { StreamReference, Surroundings } from '../../core/aggregate.ts';
import { rejected, type Rejected } from '../../core/decision.ts';
import { CUSTOMERS, type CustomerState } from '../customers/index.ts';
import { LEADS, type LeadState } from '../leads/index.ts';
import type { MessageEvent } from './events.ts';
import { textFor, variableFaults } from './rules/fill-template.ts';
import { SENDERS, type SenderState } from './senders/state.ts';
import type { Channel, Purpose, Variables } from './shapes.ts';
import { TEMPLATES, versionFor, type TemplateState } from './templates/state.ts';

export type RequestedEvent = Extract<MessageEvent, { readonly type: 'MessageRequested' }>;
type Requested = RequestedEvent['data'];

export interface Wanted {
  readonly messageId: string;
  readonly channel: Channel;
  readonly senderId: string;
  readonly to: {
    readonly customerId?: string | undefined;
    readonly leadId?: string | undefined;
    readonly phone?: string | undefined;
    readonly email?: string | undefined;
  };
  /** Whose data it is where neither customer nor lead is named; the message itself by default. */
  readonly personId?: string;
  readonly template?: {
    readonly id: string;
    readonly language?: string | undefined;
    readonly variables?: Variables | undefined;
  };
  readonly text?: string | undefined;
  readonly subject?: string | undefined;
  readonly purpose: Purpose;
  readonly rest?: Partial<
    Pick<
      Requested,
      | 'needsConsent'
      | 'use'
      | 'conversationId'
      | 'about'
      | 'confirmsOptOut'
      | 'priority'
      | 'awaited'
      | 'notBefore'
      | 'expiresAt'
    >
  >;
}

/** Replies first, then what somebody waits for, then marketing. */
const PRIORITY: Readonly<Record<Purpose, number>> = { reply: 8, transactional: 6, marketing: 2 };

/** The streams that `requestedEvent` reads beside its own. */
export function consultsOf(
  wanted: Pick<Wanted, 'senderId' | 'to' | 'template'>,
): readonly StreamReference[] {
  const { senderId, to, template } = wanted;
  return [
    { category: SENDERS, id: senderId },
    ...(template === undefined ? [] : [{ category: TEMPLATES, id: template.id }]),
    ...(to.customerId === undefined ? [] : [{ category: CUSTOMERS, id: to.customerId }]),
    ...(to.leadId === undefined ? [] : [{ category: LEADS, id: to.leadId }]),
  ];
}

export function requestedEvent(wanted: Wanted, around: Surroundings): RequestedEvent | Rejected {
  const person = personOf(wanted, around);
  if ('outcome' in person) return person;
  const fault = senderFault(wanted, around);
  if (fault !== null) return fault;
  const content = contentOf(wanted, around, person.language);
  if ('outcome' in content) return content;
  const { messageId, channel, senderId, purpose, rest = {} } = wanted;
  return {
    type: 'MessageRequested',
    data: {
      messageId,
      personId: person.personId,
      channel,
      senderId,
      to: person.to,
      ...content,
      purpose,
      use: null,
      conversationId: null,
      about: null,
      confirmsOptOut: false,
      priority: PRIORITY[purpose],
      notBefore: null,
      expiresAt: null,
      ...rest,
      needsConsent: purpose === 'marketing' || rest.needsConsent === true,
    },
  };
}

interface Person {
  readonly personId: string;
  readonly to: Requested['to'];
  readonly language: string | null;
}

function personOf(
  { messageId, channel, to, ...wanted }: Wanted,
  around: Surroundings,
): Person | Rejected {
  const { customerId = null, leadId = null } = to;
  let { phone, email } = to;
  let language: string | null = null;
  if (customerId !== null) {
    // safe because the stream is one of the category
    const customer = around.stateOf({ category: CUSTOMERS, id: customerId }) as CustomerState;
    if (customer.status !== 'active') return rejected('MESSAGE_PERSON_UNKNOWN', { customerId });
    phone ??= customer.phone ?? undefined;
    email ??= customer.email ?? undefined;
    ({ language } = customer);
  } else if (leadId !== null) {
    // safe because the stream is one of the category
    const lead = around.stateOf({ category: LEADS, id: leadId }) as LeadState;
    if (lead.status === 'unknown') return rejected('MESSAGE_PERSON_UNKNOWN', { leadId });
    phone ??= lead.phone ?? undefined;
    email ??= lead.email ?? undefined;
    ({ language } = lead);
  }
  const address = (channel === 'email' ? email : phone) ?? null;
  if (address === null) return rejected('MESSAGE_ADDRESS_MISSING', { channel });
  const personId = customerId ?? leadId ?? wanted.personId ?? messageId;
  return { personId, to: { customerId, leadId, address }, language };
}

function senderFault({ senderId, channel }: Wanted, around: Surroundings): Rejected | null {
  // safe because the stream is one of the category
  const sender = around.stateOf({ category: SENDERS, id: senderId }) as SenderState;
  const isOpen = sender.status === 'open' || sender.status === 'paused';
  if (isOpen && sender.terms.channel === channel) return null;
  return rejected('MESSAGE_SENDER_UNKNOWN', { senderId, channel });
}

type Content = Pick<Requested, 'template' | 'text' | 'subject'>;

function contentOf(
  wanted: Wanted,
  around: Surroundings,
  spoken: string | null,
): Content | Rejected {
  const { template: asked, text, subject, purpose, channel } = wanted;
  if (asked === undefined) {
    const needsSubject = channel === 'email' && subject === undefined;
    if (text === undefined || needsSubject) return rejected('MESSAGE_CONTENT_UNCLEAR');
    if (purpose === 'marketing') return rejected('MESSAGE_MARKETING_TEXT');
    return { template: null, text, subject: subject ?? null };
  }
  if (text !== undefined || subject !== undefined) return rejected('MESSAGE_CONTENT_UNCLEAR');
  const { id, language, variables = {} } = asked;
  // safe because the stream is one of the category
  const template = around.stateOf({ category: TEMPLATES, id }) as TemplateState;
  if (template.status !== 'active' || template.channel !== channel)
    return rejected('MESSAGE_TEMPLATE_UNKNOWN', { templateId: id, channel });
  if (template.category === 'marketing' && purpose !== 'marketing')
    return rejected('MESSAGE_CATEGORY_WRONG', { templateId: id });
  const { version, texts, variables: declared } = versionFor(template, language ?? spoken ?? '');
  const languages = texts.map((each) => each.language);
  if (language !== undefined && !languages.includes(language))
    return rejected('MESSAGE_LANGUAGE_MISSING', { language, languages });
  const chosen = language ?? textFor(texts, spoken ?? '')?.language ?? '';
  const faults = variableFaults(declared, variables);
  if (faults.missing.length > 0 || faults.unknown.length > 0)
    return rejected('MESSAGE_VARIABLES_MISSING', { ...faults });
  return { template: { id, version, language: chosen, variables }, text: null, subject: null };
}
