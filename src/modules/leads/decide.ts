import type { StreamReference, Surroundings } from '../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../core/decision.ts';
import type { CustomerState } from '../customers/index.ts';
import type { LeadCommand } from './commands.ts';
import type { Contact, ConsentGiven } from './contact.ts';
import { plainAttribution } from './contact.ts';
import { STAGES, type LeadEvent, type Stage } from './events.ts';
import type { KnownLead, LeadState } from './state.ts';

const HOUR_MS = 3_600_000;
/** Whoever asks in the evening is called in the morning. */
const FOLLOW_UP_HOURS = 24;

const CUSTOMERS = 'customers';
const customerStream = (id: string): StreamReference => ({ category: CUSTOMERS, id });

export function consults(command: LeadCommand): readonly StreamReference[] {
  return command.type === 'LinkLeadToCustomer' ? [customerStream(command.input.customerId)] : [];
}

export function decide(
  state: LeadState,
  command: LeadCommand,
  around: Surroundings,
): Decision<LeadEvent> {
  if (command.type === 'CaptureLead') return capture(state, command);
  if (state.status === 'unknown') return accepted([]);
  if (command.type === 'LinkLeadToCustomer') return link(state, command, around);
  return decideKnown(state, command);
}

type Capture = Extract<LeadCommand, { type: 'CaptureLead' }>;

function capture(state: LeadState, { id: leadId, input }: Capture): Decision<LeadEvent> {
  const { contact, source, language = 'en', consents = [], attribution = {} } = input;
  const { quizId = null, sessionId = null } = input;
  if (state.status !== 'unknown') {
    // The session of the lead corrected what it had said; anything else would be another lead.
    if (sessionId === null || sessionId !== state.sessionId) return rejected('LEAD_EXISTS');
    return accepted(contactChanged(state, leadId, { contact, consents }));
  }
  const told = { source, language, consents, attribution: plainAttribution(attribution) };
  const data = { leadId, ...contact, ...told, quizId, sessionId };
  return accepted([{ type: 'LeadCaptured', data }]);
}

/** Nothing where all is as it was. */
function contactChanged(
  state: KnownLead,
  leadId: string,
  said: { readonly contact: Contact; readonly consents?: readonly ConsentGiven[] },
): readonly LeadEvent[] {
  const { name, email, phone } = said.contact;
  const words = (all: readonly ConsentGiven[]): string =>
    JSON.stringify(all.map(({ channel, wording }) => [channel, wording]));
  const { consents } = said;
  const isAgreed = consents === undefined || words(consents) === words(state.consents);
  const data = {
    leadId,
    ...(name === undefined || name === state.name ? {} : { name }),
    ...(email === undefined || email === state.email ? {} : { email }),
    ...(phone === undefined || phone === state.phone ? {} : { phone }),
    ...(isAgreed ? {} : { consents: [...consents] }),
  };
  return Object.keys(data).length === 1 ? [] : [{ type: 'LeadContactChanged', data }];
}

type FollowUp = Exclude<LeadCommand, { type: 'CaptureLead' | 'LinkLeadToCustomer' }>;

function decideKnown(state: KnownLead, command: FollowUp): Decision<LeadEvent> {
  const { id: leadId } = command;
  switch (command.type) {
    case 'ChangeLeadContact':
      return accepted(contactChanged(state, leadId, { contact: command.input }));
    case 'QualifyLead': {
      const { score, grade, endingId } = command.input;
      const isSame = state.score === score && state.grade === grade && state.endingId === endingId;
      if (isSame) return accepted([]);
      return accepted([{ type: 'LeadQualified', data: { leadId, score, grade, endingId } }]);
    }
    case 'AssignLead': {
      const { owner } = command.input;
      if (owner === state.owner) return accepted([]);
      return accepted([{ type: 'LeadAssigned', data: { leadId, owner } }]);
    }
    case 'ValueLead': {
      const { value } = command.input;
      const isSame =
        value?.amount === state.value?.amount && value?.currency === state.value?.currency;
      if (isSame) return accepted([]);
      return accepted([{ type: 'LeadValued', data: { leadId, value } }]);
    }
    case 'MoveLead':
      return move(state, leadId, command.input);
    case 'NoteOnLead':
      return accepted([{ type: 'LeadNoted', data: { leadId, note: command.input.note } }]);
    case 'RequestLeadFollowUp':
      return followUp(state, command);
    case 'FinishLeadFollowUp':
      if (state.followUp === null) return accepted([]);
      return accepted([{ type: 'LeadFollowUpDone', data: { leadId } }]);
  }
}

function move(
  { stage: from }: KnownLead,
  leadId: string,
  { stage: to, reason }: { readonly stage: Stage; readonly reason?: string },
): Decision<LeadEvent> {
  if (to === from) return accepted([]);
  const isBack = STAGES.indexOf(to) < STAGES.indexOf(from);
  if ((to === 'lost' || isBack || from === 'won') && reason === undefined)
    return rejected('LEAD_REASON_MISSING', { from, to });
  const why = reason === undefined ? {} : { reason };
  return accepted([{ type: 'LeadMoved', data: { leadId, from, to, ...why } }]);
}

/** One at a time: an earlier time takes the place of a later one, and what is closed needs none. */
function followUp(
  state: KnownLead,
  { id: leadId, at, input }: Extract<LeadCommand, { type: 'RequestLeadFollowUp' }>,
): Decision<LeadEvent> {
  const { reason, inHours = FOLLOW_UP_HOURS } = input;
  const isClosed = state.stage === 'won' || state.stage === 'lost';
  if (isClosed && reason !== 'manual') return accepted([]);
  const dueMs = Date.parse(at) + inHours * HOUR_MS;
  const held = state.followUp;
  if (reason !== 'manual' && held !== null && Date.parse(held.dueAt) <= dueMs) return accepted([]);
  const dueAt = new Date(dueMs).toISOString();
  if (held?.reason === reason && held.dueAt === dueAt) return accepted([]);
  const data = { leadId, reason, dueAt, quizId: state.quizId };
  return accepted([{ type: 'LeadFollowUpRequested', data }]);
}

function link(
  state: KnownLead,
  { id: leadId, input }: Extract<LeadCommand, { type: 'LinkLeadToCustomer' }>,
  around: Surroundings,
): Decision<LeadEvent> {
  const { customerId } = input;
  if (state.customerId === customerId) return accepted([]);
  if (state.customerId !== null) return rejected('LEAD_LINKED', { customerId: state.customerId });
  // safe because the stream is one of the category
  const customer = around.stateOf(customerStream(customerId)) as CustomerState;
  if (customer.status !== 'active') return rejected('LEAD_CUSTOMER_UNKNOWN', { customerId });
  return accepted([{ type: 'LeadLinkedToCustomer', data: { leadId, customerId } }]);
}
