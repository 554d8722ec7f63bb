import type { EventMoment } from '../../core/aggregate.ts';
import type { Money } from '../../core/money.ts';
import type { Attribution, ConsentGiven } from './contact.ts';
import type { LeadEvent, Stage } from './events.ts';

export const LEADS = 'leads';

/** The newest notes; older ones stay in the history. */
export const NOTES_MAX = 50;

export interface LeadConsent extends ConsentGiven {
  /** RFC 3339: when it was given. */
  readonly since: string;
}

export interface KnownLead {
  readonly status: 'known';
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly source: string;
  readonly language: string;
  readonly consents: readonly LeadConsent[];
  readonly attribution: Attribution;
  readonly quizId: string | null;
  readonly sessionId: string | null;
  readonly stage: Stage;
  /** Of the last move. */
  readonly stageReason: string | null;
  readonly score: number | null;
  readonly grade: string | null;
  readonly endingId: string | null;
  readonly owner: string | null;
  readonly value: Money | null;
  readonly customerId: string | null;
  readonly followUp: { readonly reason: string; readonly dueAt: string } | null;
  readonly notes: readonly { readonly at: string; readonly note: string | null }[];
  /** RFC 3339. */
  readonly capturedAt: string;
}

export type LeadState = { readonly status: 'unknown' } | KnownLead;

export const initialState: LeadState = { status: 'unknown' };

export function evolve(state: LeadState, event: LeadEvent, { at }: EventMoment): LeadState {
  if (event.type === 'LeadCaptured') return captured(event.data, at);
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'LeadContactChanged': {
      const { name = state.name, email = state.email, phone = state.phone } = event.data;
      const { consents } = event.data;
      const held = consents === undefined ? state.consents : since(consents, at);
      return { ...state, name, email, phone, consents: held };
    }
    case 'LeadQualified': {
      const { score, grade, endingId } = event.data;
      return { ...state, score, grade, endingId };
    }
    case 'LeadAssigned':
      return { ...state, owner: event.data.owner };
    case 'LeadValued':
      return { ...state, value: event.data.value };
    case 'LeadMoved':
      return { ...state, stage: event.data.to, stageReason: event.data.reason ?? null };
    case 'LeadNoted': {
      const notes = [...state.notes, { at, note: event.data.note }].slice(-NOTES_MAX);
      return { ...state, notes };
    }
    case 'LeadLinkedToCustomer':
      return { ...state, customerId: event.data.customerId };
    case 'LeadFollowUpRequested': {
      const { reason, dueAt } = event.data;
      return { ...state, followUp: { reason, dueAt } };
    }
    case 'LeadFollowUpDone':
      return { ...state, followUp: null };
  }
}

function captured(
  data: Extract<LeadEvent, { type: 'LeadCaptured' }>['data'],
  at: string,
): KnownLead {
  const { name = null, email = null, phone = null, source, language, consents } = data;
  const { attribution, quizId, sessionId } = data;
  return {
    status: 'known',
    name,
    email,
    phone,
    source,
    language,
    consents: since(consents, at),
    attribution,
    quizId,
    sessionId,
    stage: 'new',
    stageReason: null,
    score: null,
    grade: null,
    endingId: null,
    owner: null,
    value: null,
    customerId: null,
    followUp: null,
    notes: [],
    capturedAt: at,
  };
}

function since(consents: readonly ConsentGiven[], at: string): readonly LeadConsent[] {
  return consents.map(({ channel, wording }) => ({ channel, wording, since: at }));
}
