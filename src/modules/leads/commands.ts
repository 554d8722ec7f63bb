import { Type } from 'typebox';
import type { Refusal } from '../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../core/command-type.ts';
import { moneySchema } from '../../core/money.ts';
import { attribution, consentGiven, contactInput } from './contact.ts';
import { followUpReason, leadSource, stage } from './events.ts';
import { language, SCORE_MAX } from './quizzes/definition.ts';

const id = Type.String({ minLength: 1, maxLength: 128 });
const reason = Type.String({ minLength: 1, maxLength: 500 });
const consents = Type.Array(consentGiven, { maxItems: 6 });
const NOTHING = Type.Object({}, { additionalProperties: false });

export const captureLead = defineCommand({
  name: 'CaptureLead',
  summary: 'Notes somebody who may become a customer, or what a session told anew of them',
  input: Type.Object(
    {
      contact: contactInput,
      source: leadSource,
      language: Type.Optional(language),
      consents: Type.Optional(consents),
      attribution: Type.Optional(attribution),
      quizId: Type.Optional(id),
      sessionId: Type.Optional(id),
    },
    { additionalProperties: false },
  ),
  examples: [
    {
      contact: { name: 'Ana Souza', email: 'ana@example.com' },
      source: 'quiz',
      language: 'pt-BR',
      consents: [{ channel: 'email', wording: 'Write me an e-mail about it.' }],
      attribution: { utmSource: 'instagram' },
      quizId: 'what-kind-of-guest',
      sessionId: '01J9ZQ4Y8K3V5T7N2B6M1C0D9E',
    },
    { contact: { phone: '+48123456789' }, source: 'phone' },
  ],
});

export const changeLeadContact = defineCommand({
  name: 'ChangeLeadContact',
  word: 'change-contact',
  summary: 'Changes name, e-mail or phone; what is left out stays',
  input: contactInput,
  examples: [{ phone: '+5511987654321' }],
});

export const qualifyLead = defineCommand({
  name: 'QualifyLead',
  word: 'qualify',
  summary: 'Notes score and grade',
  input: Type.Object(
    {
      score: Type.Integer({ minimum: -SCORE_MAX, maximum: SCORE_MAX }),
      grade: Type.Union([Type.String({ minLength: 1, maxLength: 20 }), Type.Null()]),
      endingId: Type.Union([id, Type.Null()]),
    },
    { additionalProperties: false },
  ),
  examples: [{ score: 72, grade: 'A', endingId: 'call' }],
});

export const assignLead = defineCommand({
  name: 'AssignLead',
  word: 'assign',
  summary: 'Gives the lead to a user, or with null to nobody',
  input: Type.Object({ owner: Type.Union([id, Type.Null()]) }, { additionalProperties: false }),
  examples: [{ owner: '01J9ZQ4Y8K3V5T7N2B6M1C0D9E' }, { owner: null }],
});

export const valueLead = defineCommand({
  name: 'ValueLead',
  word: 'set-value',
  summary: 'Says what the lead may be worth',
  input: Type.Object(
    { value: Type.Union([moneySchema, Type.Null()]) },
    { additionalProperties: false },
  ),
  examples: [{ value: { amount: 250_000, currency: 'PLN' } }],
});

export const moveLead = defineCommand({
  name: 'MoveLead',
  word: 'move',
  summary: 'Moves the lead to another stage; losing, going back and reopening need a reason',
  input: Type.Object({ stage, reason: Type.Optional(reason) }, { additionalProperties: false }),
  examples: [
    { stage: 'contacted' },
    { stage: 'qualified' },
    { stage: 'lost', reason: 'too expensive' },
    { stage: 'won' },
    { stage: 'new', reason: 'came back' },
  ],
});

export const noteOnLead = defineCommand({
  name: 'NoteOnLead',
  word: 'note',
  summary: 'Keeps a note',
  input: Type.Object(
    { note: Type.String({ minLength: 1, maxLength: 4000 }) },
    { additionalProperties: false },
  ),
  examples: [{ note: 'Called back, prefers Thursdays.' }],
});

export const linkLeadToCustomer = defineCommand({
  name: 'LinkLeadToCustomer',
  word: 'link-customer',
  summary: 'Says which customer the lead is',
  input: Type.Object({ customerId: id }, { additionalProperties: false }),
  examples: [{ customerId: '01J9ZQ4Y8K3V5T7N2B6M1C0D9F' }],
});

export const requestLeadFollowUp = defineCommand({
  name: 'RequestLeadFollowUp',
  word: 'request-follow-up',
  summary: 'Asks that somebody gets back to the lead',
  input: Type.Object(
    { reason: followUpReason, inHours: Type.Optional(Type.Integer({ minimum: 0, maximum: 8784 })) },
    { additionalProperties: false },
  ),
  examples: [{ reason: 'completed' }, { reason: 'manual', inHours: 48 }],
});

export const finishLeadFollowUp = defineCommand({
  name: 'FinishLeadFollowUp',
  word: 'finish-follow-up',
  summary: 'Notes that somebody got back to the lead',
  input: NOTHING,
  examples: [{}],
});

export const LEAD_COMMANDS = [
  captureLead,
  changeLeadContact,
  qualifyLead,
  assignLead,
  valueLead,
  moveLead,
  noteOnLead,
  linkLeadToCustomer,
  requestLeadFollowUp,
  finishLeadFollowUp,
] as const;
export type LeadCommand = CommandFor<(typeof LEAD_COMMANDS)[number]>;

export const LEAD_REFUSALS = {
  LEAD_EXISTS: {
    sentence: 'A lead with this id is there already.',
    remedy: 'Change the existing lead.',
  },
  LEAD_REASON_MISSING: {
    sentence: 'This move needs a reason.',
    remedy: 'Say why the lead is lost, goes back or is opened again.',
  },
  LEAD_CUSTOMER_UNKNOWN: {
    sentence: 'There is no such customer, or not any more.',
    remedy: 'Register the customer, or link another one.',
  },
  LEAD_CUSTOMER_AMBIGUOUS: {
    sentence: 'Several customers have the e-mail or phone of the lead.',
    remedy: 'Link the right one of `customerIds`, or merge them where they are one person.',
  },
  LEAD_LINKED: {
    sentence: 'The lead is linked to another customer.',
    remedy: 'Correct the customers: merge them where they are one person.',
  },
} as const satisfies Record<string, Refusal>;
