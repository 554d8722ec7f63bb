import type { CommandAttributes, StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { rulesInForce, MAIN_PROGRAMME } from '../programmes/state.ts';
import { dayOf, lotDays } from '../rules/days.ts';
import { valueOf } from '../rules/earning.ts';
import type { MemberCommand } from './commands.ts';
import { courseOf, type Course, type Given } from './course.ts';
import { burn, orderOf, streamsOfBurn } from './decide-burn.ts';
import { customerOf, CUSTOMERS } from './customer.ts';
import type { MemberEvent } from './events.ts';
import { balanceOf, firstPoints } from './lots.ts';
import { earn } from './movements.ts';
import type { KnownMember, MemberState } from './state.ts';

export function decide(
  state: MemberState,
  command: MemberCommand,
  around: Surroundings,
): Decision<MemberEvent> {
  const { id: memberId, at, commandId } = command;
  const given: Given = { ...rulesInForce(around), memberId, at, commandId };
  if (command.type === 'EnrolMember') return enrol(state, command, { given, around });
  if (state.status === 'unknown') return rejected('MEMBER_UNKNOWN');
  switch (command.type) {
    case 'EarnPoints': {
      const { points, reason } = command.input;
      return accepted(courseOf(state, given, (course) => addByHand(course, points, reason)));
    }
    case 'BurnPoints':
      return burn(state, command, { given, around });
    case 'AdjustPoints':
      return adjust(state, command, given);
    case 'ForgiveDebt':
      return forgive(state, command, given);
    case 'LabelMember':
      return label(state, command);
    case 'ReviewMember':
      return review(state, given);
  }
}

type Asked<Type extends MemberCommand['type']> = Extract<MemberCommand, { readonly type: Type }>;

function enrol(
  state: MemberState,
  { input }: Asked<'EnrolMember'>,
  { given, around }: { readonly given: Given; readonly around: Surroundings },
): Decision<MemberEvent> {
  const { memberId, rules, at } = given;
  const { customerId, automatic = false } = input;
  if (memberId !== customerId) return rejected('MEMBER_ID_DIFFERS');
  if (state.status === 'active' || (automatic && !rules.autoEnrol)) return accepted([]);
  const customer = customerOf(around, customerId);
  if (customer === null) return rejected('MEMBER_WITHOUT_CUSTOMER');
  const { phone } = customer;
  const on = dayOf(at, rules);
  const found = phone === null ? {} : { phone };
  return accepted([
    { type: 'MemberEnrolled', data: { memberId, customerId, on, automatic, ...found } },
  ]);
}

function addByHand(course: Course, points: number, reason: string): void {
  earn(course, {
    parts: [
      {
        points,
        lineId: null,
      },
    ],
    earnedOn: course.today,
    spend: 0,
    remainder: course.state().remainder,
    orderId: null,
    paymentId: null,
    reason,
  });
}

function adjust(
  state: KnownMember,
  { input }: Asked<'AdjustPoints'>,
  given: Given,
): Decision<MemberEvent> {
  const { points, reason } = input;
  let short: number | null = null;
  const events = courseOf(state, given, (course) => {
    const { lots } = course.state();
    const held = course.balance().points;
    if (held + points < 0) {
      short = held;
      return;
    }
    const moved =
      points < 0 ? firstPoints(lots, -points, course.today) : [adjustmentLot(course, points)];
    course.move({ type: 'PointsAdjusted', data: { lots: [...moved], points, reason } });
  });
  return short === null ? accepted(events) : rejected('POINTS_NOT_ENOUGH', { points: short });
}

/** An adjustment corrects: it may be used at once and expires as if it were earned today; it pays no debt. */
function adjustmentLot({ today, given }: Course, points: number) {
  const { rules, version, commandId } = given;
  return {
    lotId: `${commandId}.0`,
    points,
    earnedOn: today,
    ...lotDays(today, {
      ...rules,
      pendingDays: 0,
    }),
    orderId: null,
    lineId: null,
    rules: version,
  };
}

function forgive(
  state: KnownMember,
  { input }: Asked<'ForgiveDebt'>,
  given: Given,
): Decision<MemberEvent> {
  const { points = state.debt, reason } = input;
  if (points === 0 || points > state.debt) return rejected('NO_DEBT', { points: state.debt });
  return accepted(
    courseOf(state, given, ({ move }) => {
      move({ type: 'DebtForgiven', data: { points, reason } });
    }),
  );
}

function label(state: KnownMember, command: Asked<'LabelMember'>): Decision<MemberEvent> {
  const segments = [...command.input.segments].sort();
  if (segments.join() === state.segments.join()) return accepted([]);
  return accepted([{ type: 'MemberLabelled', data: { memberId: command.id, segments } }]);
}

/** The timer has fired: it is set anew even where nothing was due, since the rules may have moved the days. */
function review(state: KnownMember, given: Given): Decision<MemberEvent> {
  return accepted(courseOf({ ...state, reviewOn: null }, given, () => {}));
}

export function streams(command: MemberCommand): readonly StreamReference[] {
  if (command.type === 'EnrolMember')
    return [{ category: CUSTOMERS, id: command.input.customerId }];
  return command.type === 'BurnPoints' ? streamsOfBurn(command) : [];
}

export function consults(): readonly StreamReference[] {
  return [MAIN_PROGRAMME];
}

/** Limits of a role are in money, so points count with what they are worth. */
export function attributes(
  state: MemberState,
  command: MemberCommand,
  around: Surroundings,
): CommandAttributes {
  const none = { locationId: placeOf(command, around), shiftOf: null };
  const points = pointsOf(command, state);
  if (points === null) return { ...none, amount: null };
  return { ...none, amount: valueOf(rulesInForce(around).rules, points) };
}

/** Points are used where the order is; members belong to no place. */
function placeOf(command: MemberCommand, around: Surroundings): string | null {
  if (command.type !== 'BurnPoints' || command.input.orderId === undefined) return null;
  const order = orderOf(around, command.input.orderId);
  return order.status === 'unknown' ? null : order.locationId;
}

function pointsOf(command: MemberCommand, state: MemberState): number | null {
  switch (command.type) {
    case 'EarnPoints':
    case 'BurnPoints':
    case 'AdjustPoints':
      return Math.abs(command.input.points);
    case 'ForgiveDebt':
      return command.input.points ?? (state.status === 'unknown' ? 0 : state.debt);
    default:
      return null;
  }
}

/** Balance and tier after the command, so that a till needs no second request. */
export function respond(state: MemberState): Readonly<Record<string, unknown>> {
  if (state.status === 'unknown') return {};
  const { lots, debt, asOf, standing } = state;
  return { ...balanceOf(lots, debt, asOf), tier: standing.tier };
}
