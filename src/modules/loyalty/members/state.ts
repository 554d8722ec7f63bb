/**
 * What a member has. Total over time: lots carry their days, so the balance of any day is a function of this state and
 * the day (`balanceOf`), whether or not the events that say so were written already.
 */
import type { LocalDate } from '../../../core/calendar.ts';
import { NO_REMAINDER, type Remainder } from '../rules/shares.ts';
import { NEW_STANDING, withMonth, type Standing } from '../rules/tiers.ts';
import type { MemberEvent } from './events.ts';
import { balanceOf, withLots, withoutPoints, type Lot } from './lots.ts';

export const MEMBERS = 'loyalty.members';

export interface KnownMember {
  readonly status: 'active';
  readonly customerId: string;
  readonly enrolledOn: LocalDate;
  readonly segments: readonly string[];
  readonly lots: readonly Lot[];
  readonly debt: number;
  readonly remainder: Remainder;
  readonly standing: Standing;
  /** Day of the last event: what became usable or expired up to it has been written down. */
  readonly asOf: LocalDate;
  /** For which a timer is set; null for none. */
  readonly reviewOn: LocalDate | null;
}

export type MemberState = { readonly status: 'unknown' } | KnownMember;

export const initialState: MemberState = { status: 'unknown' };

export function evolve(state: MemberState, event: MemberEvent): MemberState {
  if (event.type === 'MemberEnrolled') return enrolled(event.data);
  if (state.status === 'unknown') return state;
  return evolveKnown(state, event);
}

type Enrolled = Extract<MemberEvent, { readonly type: 'MemberEnrolled' }>;
export type AfterEnrolment = Exclude<MemberEvent, Enrolled>;

function enrolled({ customerId, on }: Enrolled['data']): KnownMember {
  return {
    status: 'active',
    customerId,
    enrolledOn: on,
    segments: [],
    lots: [],
    debt: 0,
    remainder: NO_REMAINDER,
    standing: NEW_STANDING,
    asOf: on,
    reviewOn: null,
  };
}

export function evolveKnown(state: KnownMember, event: AfterEnrolment): KnownMember {
  switch (event.type) {
    case 'MemberLabelled':
      return { ...state, segments: event.data.segments };
    case 'ReviewPlanned':
      return { ...state, reviewOn: event.data.on };
    case 'TierChanged':
    case 'TierGraceSet':
      return { ...dated(state, event.data), standing: standingAfter(state.standing, event) };
    case 'DebtForgiven':
      return { ...dated(state, event.data), debt: state.debt - event.data.points };
    default:
      return moved(dated(state, event.data), event);
  }
}

function dated(state: KnownMember, { on }: { readonly on: LocalDate }): KnownMember {
  return on > state.asOf ? { ...state, asOf: on } : state;
}

function standingAfter(
  standing: Standing,
  event: Extract<MemberEvent, { readonly type: 'TierChanged' | 'TierGraceSet' }>,
): Standing {
  if (event.type === 'TierChanged') return { ...standing, tier: event.data.to, graceUntil: null };
  return { ...standing, graceUntil: event.data.until };
}

type Moved = Extract<AfterEnrolment, { readonly data: { readonly lots: unknown } }>;

function moved(state: KnownMember, event: Moved): KnownMember {
  const { lots } = event.data;
  const added = (): KnownMember => ({ ...state, lots: withLots(state.lots, lots) });
  const taken = (): KnownMember => ({ ...state, lots: withoutPoints(state.lots, lots) });
  switch (event.type) {
    case 'PointsEarned': {
      const { debtPaid, remainder, earned: points, spend, on } = event.data;
      const months = withMonth(state.standing.months, on, { points, spend });
      const standing = { ...state.standing, months };
      return { ...added(), debt: state.debt - debtPaid, remainder, standing };
    }
    case 'PointsTakenBack': {
      const { debt, remainder, undone } = event.data;
      let { months } = state.standing;
      for (const { on, points, spend } of undone)
        months = withMonth(months, on, { points: -points, spend: -spend });
      const standing = { ...state.standing, months };
      return { ...taken(), debt: state.debt + debt, remainder, standing };
    }
    case 'PointsAdjusted':
      return event.data.points > 0 ? added() : taken();
    case 'PointsReturned':
      return added();
    case 'PointsBurned':
    case 'PointsExpired':
      return taken();
    case 'PointsActivated':
      return state;
  }
}

/** What a client sees: the balance as of the last event, the lots, the tier. */
export function view(state: MemberState): object {
  if (state.status === 'unknown') return state;
  const { status, customerId, enrolledOn, segments, lots, debt, standing, asOf, reviewOn } = state;
  const { tier, graceUntil } = standing;
  const balance = balanceOf(lots, debt, asOf);
  return {
    status,
    customerId,
    enrolledOn,
    segments,
    ...balance,
    tier,
    graceUntil,
    lots,
    asOf,
    reviewOn,
  };
}
