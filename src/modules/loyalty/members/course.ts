/**
 * The course of one decision about a member: events one after another, each on the state that the ones before it lead
 * to. It begins by writing down what time has done (points that became usable or expired, a tier that ended) and ends by
 * judging the tier again and planning the next review, so no decision can forget either.
 */
import { addDays, type LocalDate } from '../../../core/calendar.ts';
import { dayOf, startOf } from '../rules/days.ts';
import { judged, nextJudgement } from '../rules/tiers.ts';
import type { RulesInForce } from '../programmes/state.ts';
import type { MemberEvent } from './events.ts';
import { balanceOf, isExpired, pointsOfLot, totalOf, type Balance } from './lots.ts';
import { evolveKnown, type AfterEnrolment, type KnownMember } from './state.ts';

/** What a decision about a member is made with. */
export interface Given extends RulesInForce {
  readonly memberId: string;
  /** RFC 3339. */
  readonly at: string;
  /** Ids of lots derive from it. */
  readonly commandId: string;
}

type WithBalance = Extract<AfterEnrolment, { readonly data: { readonly balance: unknown } }>;
/** As it is decided: member, day and balance are filled in by the course. */
type Bare<Event> = Event extends { readonly type: infer Type; readonly data: infer Data }
  ? {
      readonly type: Type;
      readonly data: Omit<Data, 'memberId' | 'on' | 'balance'>;
    }
  : never;

export interface Course {
  readonly given: Given;
  readonly today: LocalDate;
  readonly state: () => KnownMember;
  readonly balance: () => Balance;
  readonly events: readonly MemberEvent[];
  /** Adds an event that moves points or debt. */
  move(event: Bare<WithBalance>): void;
}

const NOTHING: Balance = { points: 0, pending: 0, debt: 0 };

/** Runs `work` between what time has done and what follows from it; the member's events in order. */
export function courseOf(
  member: KnownMember,
  given: Given,
  work: (course: Course) => void,
): readonly MemberEvent[] {
  const events: MemberEvent[] = [];
  let state = member;
  const local = dayOf(given.at, given.rules);
  // Days of a member never run backwards, also when the programme moves to another time zone.
  const today = local > member.asOf ? local : member.asOf;
  const { memberId } = given;
  const add = (event: AfterEnrolment): void => {
    state = evolveKnown(state, event);
    events.push(event);
  };
  const balance = (): Balance => balanceOf(state.lots, state.debt, today);
  const course: Course = {
    given,
    today,
    state: () => state,
    balance,
    events,
    move(bare) {
      const filled = { memberId, on: today, balance: NOTHING };
      // safe because a bare event lacks exactly these members
      const event = { type: bare.type, data: { ...bare.data, ...filled } } as WithBalance;
      // The balance follows from the state and is not folded into it, so it is told of the state after.
      state = evolveKnown(state, event);
      const { data } = event;
      // safe because only the balance differs
      events.push({ type: event.type, data: { ...data, balance: balance() } } as WithBalance);
    },
  };
  writeTime(course, member.asOf);
  // A tier whose grace has ended earns no more, also when the timer is late.
  judge(course, add);
  work(course);
  judge(course, add);
  plan(course, add);
  return events;
}

function writeTime({ today, state, move }: Course, since: LocalDate): void {
  const { lots } = state();
  const due = lots.filter((lot) => lot.activeOn > since && lot.activeOn <= today);
  const activated = due.map((lot) => pointsOfLot(lot, lot.remaining));
  const expired = lots
    .filter((lot) => isExpired(lot, today))
    .map((lot) => pointsOfLot(lot, lot.remaining));
  if (expired.length > 0)
    move({ type: 'PointsExpired', data: { lots: expired, points: totalOf(expired) } });
  const usable = activated.filter((lot) => !isExpired(lot, today));
  if (usable.length > 0)
    move({ type: 'PointsActivated', data: { lots: usable, points: totalOf(usable) } });
}

function judge({ state, today, given }: Course, add: (event: AfterEnrolment) => void): void {
  const { memberId, rules } = given;
  const { standing } = state();
  const { tier } = standing;
  const judgement = judged(standing, rules, today);
  if (judgement.kind === 'changed')
    add({ type: 'TierChanged', data: { memberId, on: today, from: tier, to: judgement.to } });
  if (judgement.kind === 'grace' || judgement.kind === 'kept') {
    const until = judgement.kind === 'grace' ? judgement.until : null;
    add({ type: 'TierGraceSet', data: { memberId, on: today, tier, until } });
  }
}

/** One timer a member: an earlier one is set anew, a later one when that has fired. */
function plan({ state, today, given }: Course, add: (event: AfterEnrolment) => void): void {
  const { memberId, rules } = given;
  const { reviewOn } = state();
  const next = nextReview(state(), today);
  if (next === null) return;
  if (reviewOn !== null && reviewOn > today && reviewOn <= next) return;
  add({ type: 'ReviewPlanned', data: { memberId, on: next, at: startOf(next, rules) } });
}

/** The next day on which time alone changes something; null when it never does. */
export function nextReview({ lots, standing }: KnownMember, today: LocalDate): LocalDate | null {
  let next = nextJudgement(standing, today);
  const earlier = (day: LocalDate): void => {
    if (day > today && (next === null || day < next)) next = day;
  };
  for (const { activeOn } of lots) earlier(activeOn);
  // Lots are in the order of their expiry, and expired ones are gone.
  const soonest = lots[0]?.expiresOn ?? null;
  if (soonest !== null) earlier(addDays(soonest, 1));
  return next;
}
