/**
 * Using points. At checkout the same unit writes three streams: the member loses the points, the order gets a discount,
 * and the burn keeps which lots they were of, so that a refund can give them back to these. The order module decides
 * what the discount does; ids are looked up within the tenant, so points of another tenant cannot even be named.
 */
import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { usePointsOnOrder, type OrderState } from '../../orders/index.ts';
import { BURNS } from '../burns/state.ts';
import { earnsIn, valueOf } from '../rules/earning.ts';
import type { MemberCommand } from './commands.ts';
import { courseOf, type Given } from './course.ts';
import type { MemberEvent } from './events.ts';
import { firstPoints, type LotPoints } from './lots.ts';
import type { KnownMember } from './state.ts';

const ORDERS = 'orders';

type BurnCommand = Extract<MemberCommand, { readonly type: 'BurnPoints' }>;

/** The burn is named after the command, so that the same command never burns twice. */
export function streamsOfBurn({ input, commandId }: BurnCommand): readonly StreamReference[] {
  if (input.orderId === undefined) return [];
  return [
    { category: ORDERS, id: input.orderId },
    { category: BURNS, id: commandId },
  ];
}

/** The order beside the burn. */
export function orderOf(around: Surroundings, id: string): OrderState {
  // safe because the stream of a category has the state of its aggregate
  return around.stateOf({ category: ORDERS, id }) as OrderState;
}

export function burn(
  state: KnownMember,
  command: BurnCommand,
  { given, around }: { readonly given: Given; readonly around: Surroundings },
): Decision<MemberEvent> {
  const { points, reason, orderId = null } = command.input;
  const amount = valueOf(given.rules, points);
  let held = 0;
  let lots: readonly LotPoints[] = [];
  const events = courseOf(state, given, (course) => {
    held = course.balance().points;
    if (held < points) return;
    lots = firstPoints(course.state().lots, points, course.today);
    const data = { lots: [...lots], burnId: command.commandId, points, amount, orderId, reason };
    course.move({ type: 'PointsBurned', data });
  });
  if (held < points) return rejected('POINTS_NOT_ENOUGH', { points: held });
  if (orderId === null) return accepted(events);
  return onOrder({ events, lots, points, amount, orderId }, command, { given, around, state });
}

interface Burned {
  readonly events: readonly MemberEvent[];
  readonly lots: readonly LotPoints[];
  readonly points: number;
  readonly amount: number;
  readonly orderId: string;
}

function onOrder(
  { events, lots, points, amount, orderId }: Burned,
  { commandId: burnId, id: memberId }: BurnCommand,
  {
    given,
    around,
    state,
  }: { readonly given: Given; readonly around: Surroundings; readonly state: KnownMember },
): Decision<MemberEvent> {
  const stream = { category: ORDERS, id: orderId };
  const order = orderOf(around, orderId);
  const isTheirs =
    order.status !== 'unknown' &&
    order.customerId === state.customerId &&
    earnsIn(given.rules, order.currency);
  // One answer for what is unknown and for what belongs to somebody else.
  if (!isTheirs) return rejected('ORDER_UNKNOWN_FOR_MEMBER');
  const used = usePointsOnOrder(order, {
    orderId,
    burnId,
    memberId,
    points,
    amount,
    at: given.at,
  });
  if (used.outcome === 'rejected') return used;
  const noted = { type: 'BurnNoted', data: { burnId, memberId, orderId, points, amount, lots } };
  return accepted(events, [
    { ...stream, events: used.events },
    { category: BURNS, id: burnId, events: [noted] },
    ...used.elsewhere,
  ]);
}
