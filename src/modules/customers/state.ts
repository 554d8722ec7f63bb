import type { EventMoment } from '../../core/aggregate.ts';
import { withConsent, withoutConsent, type Consent, type ConsentStep } from './consents.ts';
import type { CustomerEvent } from './events.ts';
import {
  withContact,
  withIdentifier,
  withoutIdentifier,
  withPreferred,
  type Identifier,
  type Preferred,
} from './identifiers.ts';

export interface Note {
  readonly noteId: string;
  readonly text: string | null;
  readonly at: string;
  readonly by: string;
}

/** Another record that this one stands for. */
export interface Merge {
  readonly otherId: string;
  readonly at: string;
  /** Of this customer, with the event of the merge. */
  readonly version: number;
}

/** What happened on this customer after `mergedVersion` and before `version` stayed here. */
export interface UndoneMerge {
  readonly otherId: string;
  readonly mergedAt: string;
  readonly mergedVersion: number;
  readonly at: string;
  readonly version: number;
}

export interface KnownCustomer {
  readonly status: 'active' | 'archived' | 'merged';
  readonly kind: 'person' | 'organisation';
  readonly name: string | null;
  /** Those by which the customer is reached. */
  readonly email: string | null;
  readonly phone: string | null;
  readonly identifiers: readonly Identifier[];
  readonly preferred: Preferred;
  readonly language: string;
  /** IANA; absent as long as nobody has said it. */
  readonly timeZone?: string | null;
  readonly consents: readonly Consent[];
  readonly consentHistory: readonly ConsentStep[];
  readonly tags: readonly string[];
  readonly notes: readonly Note[];
  readonly merges: readonly Merge[];
  readonly undoneMerges: readonly UndoneMerge[];
  /** Exactly while the status is `merged`. */
  readonly mergedInto: string | null;
  /** RFC 3339. */
  readonly registeredAt: string;
}

export type CustomerState = { readonly status: 'unknown' } | KnownCustomer;

export const CUSTOMERS = 'customers';

export const initialState: CustomerState = { status: 'unknown' };

/** The customer that stands for this one; null for one that stands for itself. */
export function survivorOf(state: CustomerState): string | null {
  return state.status === 'merged' ? state.mergedInto : null;
}

/**
 * The consent by which the customer may be written to over the channel. Null without one, and for whoever is archived or
 * merged: then the survivor's consent counts.
 */
export function consentOf(state: CustomerState, channel: string): Consent | null {
  if (state.status !== 'active') return null;
  return state.consents.find((consent) => consent.channel === channel) ?? null;
}

export function evolve(
  state: CustomerState,
  event: CustomerEvent,
  moment: EventMoment,
): CustomerState {
  if (event.type === 'CustomerRegistered') return registered(event.data, moment);
  return state.status === 'unknown' ? state : evolveKnown(state, event, moment);
}

type DataOf<Type extends CustomerEvent['type']> = Extract<
  CustomerEvent,
  { readonly type: Type }
>['data'];

function registered(data: DataOf<'CustomerRegistered'>, { at }: EventMoment): KnownCustomer {
  const { name, email, phone, language } = data;
  const nothing: KnownCustomer = {
    status: 'active',
    kind: 'person',
    name,
    email: null,
    phone: null,
    identifiers: [],
    preferred: { phone: null, email: null },
    language,
    consents: [],
    consentHistory: [],
    tags: [],
    notes: [],
    merges: [],
    undoneMerges: [],
    mergedInto: null,
    registeredAt: at,
  };
  return withContacts(nothing, { email, phone });
}

function withContacts(
  state: KnownCustomer,
  {
    email,
    phone,
  }: { readonly email: string | null | undefined; readonly phone: string | null | undefined },
): KnownCustomer {
  const withPhone = phone === undefined ? state : withContact(state, 'phone', phone);
  return email === undefined ? withPhone : withContact(withPhone, 'email', email);
}

type Later = Exclude<CustomerEvent, { readonly type: 'CustomerRegistered' }>;

function evolveKnown(state: KnownCustomer, event: Later, moment: EventMoment): KnownCustomer {
  const { at } = moment;
  switch (event.type) {
    case 'CustomerContactChanged': {
      const { name = state.name, email, phone } = event.data;
      return withContacts({ ...state, name }, { email, phone });
    }
    case 'CustomerKindChanged':
      return { ...state, kind: event.data.kind };
    case 'CustomerLanguageChanged':
      return { ...state, language: event.data.language };
    case 'CustomerTimeZoneChanged':
      return { ...state, timeZone: event.data.timeZone };
    case 'CustomerConsentGiven': {
      const { customerId: _id, ...consent } = event.data;
      return withConsent(state, { ...consent, since: at });
    }
    case 'CustomerConsentWithdrawn': {
      const { channel, source } = event.data;
      return withoutConsent(state, { channel, source, at });
    }
    case 'CustomerArchived':
      return { ...state, status: 'archived', mergedInto: null };
    case 'CustomerIdentifierAdded': {
      const { identifierId: id, kind, channel, value } = event.data;
      return withIdentifier(state, { id, kind, channel, value });
    }
    case 'CustomerIdentifierRemoved':
      return withoutIdentifier(state, event.data.identifierId);
    case 'CustomerIdentifierPreferred': {
      const { kind, identifierId } = event.data;
      return withPreferred(state, { ...state.preferred, [kind]: identifierId });
    }
    default:
      return evolveMarks(state, event, moment);
  }
}

type Mark = Extract<
  Later,
  {
    readonly type:
      | 'CustomerTagged'
      | 'CustomerUntagged'
      | 'CustomerNoteAdded'
      | 'CustomerNoteRemoved'
      | 'CustomersMerged'
      | 'CustomerMergedInto'
      | 'CustomersUnmerged'
      | 'CustomerSeparated';
  }
>;

function evolveMarks(
  state: KnownCustomer,
  event: Mark,
  { at, version }: EventMoment,
): KnownCustomer {
  switch (event.type) {
    case 'CustomerTagged':
      return { ...state, tags: [...new Set([...state.tags, ...(event.data.tags ?? [])])].sort() };
    case 'CustomerUntagged': {
      const gone = new Set(event.data.tags ?? []);
      return { ...state, tags: state.tags.filter((tag) => !gone.has(tag)) };
    }
    case 'CustomerNoteAdded': {
      const { noteId, text, by } = event.data;
      return { ...state, notes: [...state.notes, { noteId, text, at, by }] };
    }
    case 'CustomerNoteRemoved':
      return { ...state, notes: state.notes.filter((note) => note.noteId !== event.data.noteId) };
    case 'CustomersMerged':
      return { ...state, merges: [...state.merges, { otherId: event.data.otherId, at, version }] };
    case 'CustomerMergedInto':
      return { ...state, status: 'merged', mergedInto: event.data.survivorId };
    case 'CustomersUnmerged': {
      const { otherId, mergedAt, mergedVersion } = event.data;
      const undone = { otherId, mergedAt, mergedVersion, at, version };
      const undoneMerges = [...state.undoneMerges, undone].slice(-UNDONE_MERGES_MAX);
      return { ...state, merges: withoutMerge(state, otherId), undoneMerges };
    }
    case 'CustomerSeparated':
      return { ...state, status: 'active', mergedInto: null };
  }
}

/** It bounds the state; all of them are in the history of the stream. */
const UNDONE_MERGES_MAX = 20;

function withoutMerge({ merges }: KnownCustomer, otherId: string): readonly Merge[] {
  return merges.filter((merge) => merge.otherId !== otherId);
}
