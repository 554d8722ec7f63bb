/** A small world for deciders of loyalty: one member, its orders and burns, and time that a test moves. */
import { streamName, type StreamReference, type Surroundings } from '../../core/aggregate.ts';
import type { CommandOf } from '../../core/command-type.ts';
import type { DecidedEvent, Decision } from '../../core/decision.ts';
import { customers } from '../customers/index.ts';
import { orders } from '../orders/index.ts';
import { loyalty } from './index.ts';
import { balanceOf, type Balance } from './members/lots.ts';
import type { KnownMember } from './members/state.ts';
import { dayOf } from './rules/days.ts';
import { DEFAULT_RULES, type Rules } from './rules/rules.ts';

export const MEMBER = 'ana';
export const POLICY = 'policy:loyalty.follow-orders';
const MEMBER_STREAM = { category: 'loyalty.members', id: MEMBER };
const DAY_MS = 24 * 3600 * 1000;

interface SaidCommand {
  readonly type: string;
  readonly input: unknown;
  readonly actor?: string;
  readonly commandId?: string;
}

export interface PaidLineOf {
  readonly lineId: string;
  readonly amount: number;
  readonly productId?: string;
  readonly categoryId?: string | null;
}

const AGGREGATES = new Map(
  [loyalty, orders, customers]
    .flatMap((module) => module.aggregates)
    .map(({ aggregate }) => [aggregate.category, aggregate]),
);

/** Streams of all aggregates of these modules, decided and folded one command after another. */
function createStreams(startAt: string) {
  const states = new Map<string, unknown>();
  const versions = new Map<string, number>();
  const happened: DecidedEvent[] = [];
  let nowMs = Date.parse(startAt);
  let commands = 0;
  const at = () => new Date(nowMs).toISOString();
  const stateOf = (stream: StreamReference) =>
    states.get(streamName(stream)) ?? aggregateOf(stream).initialState;
  const versionOf = (stream: StreamReference) => versions.get(streamName(stream)) ?? 0;
  const around: Surroundings = { stateOf, versionOf };

  function put(stream: StreamReference, events: readonly DecidedEvent[]): void {
    for (const event of events) {
      const version = versionOf(stream) + 1;
      const moment = { at: at(), version };
      states.set(streamName(stream), aggregateOf(stream).evolve(stateOf(stream), event, moment));
      versions.set(streamName(stream), version);
      happened.push(event);
    }
  }

  function run(stream: StreamReference, said: SaidCommand): Decision<DecidedEvent> {
    commands += 1;
    const command: CommandOf = {
      id: stream.id,
      at: at(),
      commandId: `c${commands}`,
      secret: 's',
      actor: 'key-1',
      approver: null,
      number: 0,
      ...said,
    };
    const decision = aggregateOf(stream).decide(stateOf(stream), command, around);
    if (decision.outcome === 'rejected') return decision;
    put(stream, decision.events);
    for (const other of decision.elsewhere) put(other, other.events);
    return decision;
  }

  const days = (count: number): void => {
    nowMs += count * DAY_MS;
  };
  return { put, run, stateOf, at, days, happened };
}

function aggregateOf({ category }: StreamReference) {
  const found = AGGREGATES.get(category);
  if (found === undefined) throw new TypeError(`${category} is no category of this world`);
  return found;
}

export function createWorld(over: Partial<Rules> = {}, startAt = '2026-01-31T12:00:00.000Z') {
  const rules: Rules = { ...DEFAULT_RULES, ...over };
  const streams = createStreams(startAt);
  const { put, run, stateOf, at, happened } = streams;
  const today = () => dayOf(at(), rules);
  // safe because the stream of a category has the state of its aggregate, and the member was enrolled
  const member = () => stateOf(MEMBER_STREAM) as KnownMember;
  const ofMember = (type: string, input: object) => run(MEMBER_STREAM, { type, input });
  const ofOrder = (orderId: string, movement: object) =>
    run(
      { category: 'loyalty.earnings', id: orderId },
      { type: 'EarnForOrder', input: { memberId: MEMBER, movement }, actor: POLICY },
    );

  const ana = { customerId: MEMBER, name: 'Ana', phone: '+5511987654321', language: 'en' };
  put({ category: 'customers', id: MEMBER }, [{ type: 'CustomerRegistered', data: ana }]);
  const club = { programmeId: 'main', version: 3, name: 'Club', rules, reason: 'r' };
  put({ category: 'loyalty.programmes', id: 'main' }, [{ type: 'ProgrammeRulesSet', data: club }]);
  ofMember('EnrolMember', { customerId: MEMBER });
  happened.length = 0;

  return {
    ...streams,
    rules,
    ofMember,
    today,
    member,
    balance(day = today()): Balance {
      const { lots, debt } = member();
      return balanceOf(lots, debt, day);
    },
    pay(orderId: string, paymentId: string, lines: readonly PaidLineOf[]) {
      return ofOrder(orderId, {
        kind: 'payment',
        paymentId,
        currency: 'EUR',
        businessDay: at().slice(0, 10),
        paidAt: at(),
        lines: lines.map((line) => ({ productId: 'p', categoryId: null, ...line })),
      });
    },
    refund: (orderId: string, refundId: string, lines: readonly PaidLineOf[]) =>
      ofOrder(orderId, { kind: 'refund', refundId, lines }),
    eventsNamed: (type: string) => happened.filter((event) => event.type === type),
  };
}

export type World = ReturnType<typeof createWorld>;
