/** The person of a lead is the lead: a lead made of a session has the id of the session. */
import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../core/event-type.ts';
import { moneySchema } from '../../core/money.ts';
import { attribution, CONTACT_POINTERS, consentGiven, contactFields, personal } from './contact.ts';

const leadId = Type.String();
const PERSON = '/leadId';

/** In the order in which they are usually passed; the last two are ends. */
export const STAGES = ['new', 'contacted', 'qualified', 'proposal', 'won', 'lost'] as const;
export type Stage = (typeof STAGES)[number];
export const stage = Type.Union([
  Type.Literal('new'),
  Type.Literal('contacted'),
  Type.Literal('qualified'),
  Type.Literal('proposal'),
  Type.Literal('won'),
  Type.Literal('lost'),
]);

export const leadSource = Type.Union([
  Type.Literal('quiz'),
  Type.Literal('manual'),
  Type.Literal('phone'),
  Type.Literal('referral'),
  Type.Literal('website'),
  Type.Literal('import'),
]);

export const followUpReason = Type.Union([
  Type.Literal('completed'),
  Type.Literal('abandoned'),
  Type.Literal('manual'),
]);

export const leadCaptured = defineEvent({
  name: 'LeadCaptured',
  wireName: 'comptoir.lead.captured',
  data: Type.Object({
    leadId,
    ...contactFields,
    source: leadSource,
    language: Type.String(),
    /** With the wording; the time of the event is the time of the proof. */
    consents: Type.Array(consentGiven),
    attribution,
    quizId: Type.Union([Type.String(), Type.Null()]),
    sessionId: Type.Union([Type.String(), Type.Null()]),
  }),
  personal: { person: PERSON, fields: [...CONTACT_POINTERS] },
});

export const leadContactChanged = defineEvent({
  name: 'LeadContactChanged',
  wireName: 'comptoir.lead.contact-changed',
  data: Type.Object({
    leadId,
    ...contactFields,
    consents: Type.Optional(Type.Array(consentGiven)),
  }),
  personal: { person: PERSON, fields: [...CONTACT_POINTERS] },
});

export const leadQualified = defineEvent({
  name: 'LeadQualified',
  wireName: 'comptoir.lead.qualified',
  data: Type.Object({
    leadId,
    score: Type.Integer(),
    grade: Type.Union([Type.String(), Type.Null()]),
    endingId: Type.Union([Type.String(), Type.Null()]),
  }),
});

export const leadAssigned = defineEvent({
  name: 'LeadAssigned',
  wireName: 'comptoir.lead.assigned',
  data: Type.Object({ leadId, owner: Type.Union([Type.String(), Type.Null()]) }),
});

export const leadValued = defineEvent({
  name: 'LeadValued',
  wireName: 'comptoir.lead.valued',
  data: Type.Object({ leadId, value: Type.Union([moneySchema, Type.Null()]) }),
});

export const leadMoved = defineEvent({
  name: 'LeadMoved',
  wireName: 'comptoir.lead.moved',
  data: Type.Object({
    leadId,
    from: stage,
    to: stage,
    reason: Type.Optional(personal(Type.String())),
  }),
  personal: { person: PERSON, fields: ['/reason'] },
});

export const leadNoted = defineEvent({
  name: 'LeadNoted',
  wireName: 'comptoir.lead.noted',
  data: Type.Object({ leadId, note: personal(Type.String()) }),
  personal: { person: PERSON, fields: ['/note'] },
});

export const leadLinkedToCustomer = defineEvent({
  name: 'LeadLinkedToCustomer',
  wireName: 'comptoir.lead.linked-to-customer',
  data: Type.Object({ leadId, customerId: Type.String() }),
});

/** Somebody, or a message, should get back to the lead. */
export const leadFollowUpRequested = defineEvent({
  name: 'LeadFollowUpRequested',
  wireName: 'comptoir.lead.follow-up-requested',
  data: Type.Object({
    leadId,
    reason: followUpReason,
    dueAt: Type.String(),
    quizId: Type.Union([Type.String(), Type.Null()]),
  }),
});

export const leadFollowUpDone = defineEvent({
  name: 'LeadFollowUpDone',
  wireName: 'comptoir.lead.follow-up-done',
  data: Type.Object({ leadId }),
});

export const LEAD_EVENTS = [
  leadCaptured,
  leadContactChanged,
  leadQualified,
  leadAssigned,
  leadValued,
  leadMoved,
  leadNoted,
  leadLinkedToCustomer,
  leadFollowUpRequested,
  leadFollowUpDone,
] as const;
export type LeadEvent = EventOf<(typeof LEAD_EVENTS)[number]>;
