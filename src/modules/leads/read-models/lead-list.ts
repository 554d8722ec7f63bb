import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { LEAD_EVENTS, type LeadEvent } from '../events.ts';

export interface LeadRow {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly stage: string;
  readonly score: number | null;
  readonly grade: string | null;
  readonly owner: string | null;
  /** Minor units. */
  readonly value_amount: number | null;
  readonly value_currency: string | null;
  readonly source: string;
  readonly language: string;
  readonly consents: readonly string[];
  readonly quiz_id: string | null;
  readonly utm_source: string | null;
  readonly utm_medium: string | null;
  readonly utm_campaign: string | null;
  readonly referrer: string | null;
  readonly customer_id: string | null;
  readonly follow_up_due_at: string | null;
  readonly captured_at: string;
  readonly changed_at: string;
  readonly [column: string]: unknown;
}

export const leadList = defineReadModel<Recorded<LeadEvent>, LeadRow>({
  name: 'leads.list',
  version: 1,
  columns: {
    name: 'text',
    email: 'text',
    phone: 'text',
    stage: 'text',
    score: 'bigint',
    grade: 'text',
    owner: 'text',
    value_amount: 'bigint',
    value_currency: 'text',
    source: 'text',
    language: 'text',
    consents: 'jsonb',
    quiz_id: 'text',
    utm_source: 'text',
    utm_medium: 'text',
    utm_campaign: 'text',
    referrer: 'text',
    customer_id: 'text',
    follow_up_due_at: 'timestamptz',
    captured_at: 'timestamptz',
    changed_at: 'timestamptz',
  },
  indexes: [['captured_at'], ['stage', 'captured_at'], ['email'], ['phone'], ['customer_id']],
  on: LEAD_EVENTS,
  keys: (event) => [event.data.leadId],
  project(row, event) {
    if (event.type === 'LeadCaptured') return capturedRow(event);
    if (row === null) return null;
    const changed = changedRow(row, event);
    return { ...changed, changed_at: event.at };
  },
  personal: { person: 'key', columns: ['name', 'email', 'phone'] },
  list: {
    filters: {
      stage: 'stage',
      grade: 'grade',
      owner: 'owner',
      source: 'source',
      quizId: 'quiz_id',
      campaign: 'utm_campaign',
      customerId: 'customer_id',
      email: 'email',
      phone: 'phone',
    },
    order: [{ column: 'captured_at', descending: true }],
    range: { column: 'captured_at' },
  },
});

type Captured = Extract<Recorded<LeadEvent>, { type: 'LeadCaptured' }>;

function capturedRow({ at, data }: Captured): LeadRow {
  const { name = null, email = null, phone = null, source, language, quizId, consents } = data;
  const { utmSource, utmMedium, utmCampaign, referrer } = data.attribution;
  return {
    name,
    email,
    phone,
    stage: 'new',
    score: null,
    grade: null,
    owner: null,
    value_amount: null,
    value_currency: null,
    source,
    language,
    consents: consents.map(({ channel }) => channel),
    quiz_id: quizId,
    utm_source: utmSource ?? null,
    utm_medium: utmMedium ?? null,
    utm_campaign: utmCampaign ?? null,
    referrer: referrer ?? null,
    customer_id: null,
    follow_up_due_at: null,
    captured_at: at,
    changed_at: at,
  };
}

function changedRow(row: LeadRow, event: Exclude<Recorded<LeadEvent>, Captured>): LeadRow {
  switch (event.type) {
    case 'LeadContactChanged': {
      const { name = row.name, email = row.email, phone = row.phone, consents } = event.data;
      const channels = consents?.map(({ channel }) => channel) ?? row.consents;
      return { ...row, name, email, phone, consents: channels };
    }
    case 'LeadQualified':
      return { ...row, score: event.data.score, grade: event.data.grade };
    case 'LeadAssigned':
      return { ...row, owner: event.data.owner };
    case 'LeadValued': {
      const { value } = event.data;
      return {
        ...row,
        value_amount: value?.amount ?? null,
        value_currency: value?.currency ?? null,
      };
    }
    case 'LeadMoved':
      return { ...row, stage: event.data.to };
    case 'LeadNoted':
      return row;
    case 'LeadLinkedToCustomer':
      return { ...row, customer_id: event.data.customerId };
    case 'LeadFollowUpRequested':
      return { ...row, follow_up_due_at: event.data.dueAt };
    case 'LeadFollowUpDone':
      return { ...row, follow_up_due_at: null };
  }
}
