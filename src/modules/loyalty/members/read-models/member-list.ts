/**
 * Members as a till looks for them: by phone, by customer, by tier. The balance is that of the member's last event; a
 * timer writes one at the start of each day on which points become usable or expire, so the row is right within the
 * seconds that takes. `/balance` of a member is right at any moment.
 */
import type { Recorded } from '../../../../core/recorded-event.ts';
import { defineReadModel } from '../../../../core/read-model.ts';
import {
  customerArchived,
  customerContactChanged,
  identifierPreferred,
  identifierRemoved,
  type CustomerEvent,
} from '../../../customers/index.ts';
import { STANDARD_TIER } from '../../rules/rules.ts';
import { MEMBER_EVENTS, type MemberEvent } from '../events.ts';

export interface MemberRow {
  readonly customer_id: string;
  readonly phone: string | null;
  readonly points: number;
  readonly pending: number;
  readonly debt: number;
  readonly tier: string;
  readonly segments: readonly string[];
  readonly enrolled_on: string;
  readonly enrolled_at: string;
  readonly [column: string]: unknown;
}

const CUSTOMER_CHANGES = [
  customerContactChanged,
  identifierPreferred,
  identifierRemoved,
  customerArchived,
] as const;
type Seen =
  | MemberEvent
  | Extract<
      CustomerEvent,
      {
        readonly type:
          | 'CustomerContactChanged'
          | 'CustomerIdentifierPreferred'
          | 'CustomerIdentifierRemoved'
          | 'CustomerArchived';
      }
    >;

/** The id of a member is that of the customer, so events of both modules meet in one row. */
export const memberList = defineReadModel<Recorded<Seen>, MemberRow>({
  name: 'loyalty.member-list',
  version: 2,
  columns: {
    customer_id: 'text',
    phone: 'text',
    points: 'bigint',
    pending: 'bigint',
    debt: 'bigint',
    tier: 'text',
    segments: 'jsonb',
    enrolled_on: 'date',
    enrolled_at: 'timestamptz',
  },
  indexes: [['phone'], ['customer_id'], ['tier', 'enrolled_at'], ['enrolled_at']],
  on: [...MEMBER_EVENTS, ...CUSTOMER_CHANGES],
  keys: (event) => ['memberId' in event.data ? event.data.memberId : event.data.customerId],
  project(row, event) {
    if (event.type === 'MemberEnrolled') return enrolled(event);
    // A customer who is no member has no row.
    return row === null ? null : changed(row, event);
  },
  personal: { person: 'key', columns: ['phone'] },
  list: {
    filters: { phone: 'phone', customerId: 'customer_id', tier: 'tier' },
    order: [{ column: 'enrolled_at', descending: true }],
  },
});

function enrolled({ data, at }: Extract<Recorded<Seen>, { readonly type: 'MemberEnrolled' }>) {
  const { customerId, phone = null, on } = data;
  const nothing = { points: 0, pending: 0, debt: 0, segments: [] };
  const since = { enrolled_on: on, enrolled_at: at };
  return { customer_id: customerId, phone, ...nothing, tier: STANDARD_TIER, ...since };
}

function changed(
  row: MemberRow,
  event: Exclude<Recorded<Seen>, { readonly type: 'MemberEnrolled' }>,
): MemberRow {
  switch (event.type) {
    case 'CustomerContactChanged': {
      const { phone = row.phone } = event.data;
      return { ...row, phone };
    }
    case 'CustomerIdentifierPreferred': {
      const { kind, value } = event.data;
      return kind === 'phone' ? { ...row, phone: value } : row;
    }
    case 'CustomerIdentifierRemoved': {
      const { kind, last } = event.data;
      return kind === 'phone' && last ? { ...row, phone: null } : row;
    }
    case 'CustomerArchived':
      // Nobody may be found by the phone of somebody who is no customer any more.
      return { ...row, phone: null };
    case 'MemberLabelled':
      return { ...row, segments: event.data.segments };
    case 'TierChanged':
      return { ...row, tier: event.data.to };
    case 'TierGraceSet':
    case 'ReviewPlanned':
      return row;
    default:
      return { ...row, ...event.data.balance };
  }
}
