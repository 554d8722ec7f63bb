/** Any day of a till against the simplest account of it: a drawer of cash, and a list of reports. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { surroundingsOf } from '../../../../test/support/given.ts';
import type { CommandOf } from '../../../core/command-type.ts';
import { taxOfAmount, taxTotals } from '../../../core/tax.ts';
import { LOCATIONS } from '../locations/location-terms.ts';
import type { TillCommand } from './commands.ts';
import { correctOnTill, correctRefundOnTill } from './correct-on-till.ts';
import { decide } from './decide.ts';
import type { TenderKind, TillEvent } from './events.ts';
import { ringOnTill, TILLS } from './ring-on-till.ts';
import { evolve, initialState, type TillState } from './state.ts';
import { added, LOCATION_ID, OPEN_LOCATION, saleOf, TILL_ID } from './tills.fixture.ts';

type Step =
  | { readonly do: 'command'; readonly command: Pick<CommandOf, 'type' | 'input'> }
  | {
      readonly do: 'sale';
      readonly isRefund: boolean;
      readonly id: number;
      readonly kind: TenderKind;
      readonly settled: number;
      readonly tip: number;
      readonly change: number;
    }
  | {
      readonly do: 'correction';
      readonly isRefund: boolean;
      readonly from: TenderKind;
      readonly kind: TenderKind;
      readonly amount: number;
    };

const amount = fc.nat(50_000);
const command = (type: string, input: fc.Arbitrary<object>): fc.Arbitrary<Step> =>
  input.map((given) => ({ do: 'command', command: { type, input: given } }));
const reason = fc.constant('r');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: command('OpenTillSession', fc.record({ float: amount })) },
  { weight: 1, arbitrary: command('PutCash', fc.record({ amount, reason })) },
  { weight: 1, arbitrary: command('TakeCash', fc.record({ amount, reason })) },
  { weight: 2, arbitrary: command('CountTill', fc.record({ counted: amount })) },
  { weight: 2, arbitrary: command('CloseTillSession', fc.constant({})) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('sale' as const),
      isRefund: fc.boolean(),
      id: fc.nat(8),
      kind: fc.constantFrom<TenderKind>('cash', 'card', 'other'),
      settled: amount,
      tip: fc.nat(500),
      change: fc.nat(500),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        from: fc.constantFrom<TenderKind>('cash', 'card', 'other'),
        kind: fc.constantFrom<TenderKind>('cash', 'card', 'other'),
        amount,
        isRefund: fc.boolean(),
      })
      .filter(({ from, kind }) => from !== kind)
      .map((given) => ({ do: 'correction' as const, ...given })),
  },
);

/** A day begins with an open session, and often ends one as it should, so that there are reports to look at. */
const END: readonly Step[] = [
  { do: 'command', command: { type: 'CountTill', input: { counted: 100 } } },
  { do: 'command', command: { type: 'CloseTillSession', input: {} } },
  { do: 'command', command: { type: 'OpenTillSession', input: { float: 500 } } },
];
const steps = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: step.map((each) => [each]) },
      { weight: 1, arbitrary: fc.constant(END) },
    ),
    { maxLength: 60, size: 'max' },
  )
  .map((days): readonly Step[] => [...END.slice(2), ...days.flat()]);

/** What happened, told without the till. */
interface Account {
  readonly events: readonly TillEvent[];
  /** Cash in the drawer when each session was closed. */
  readonly drawers: readonly number[];
  /** Settled less given back, tips left out, when each session was closed. */
  readonly turnovers: readonly number[];
}

function run(day: readonly Step[], ring = ringOnTill): Account {
  let state: TillState = evolve(initialState, added, { at: 'now', version: 1 });
  const events: TillEvent[] = [];
  const drawer = createDrawer();
  for (const [index, each] of day.entries()) {
    const isOpen = state.status === 'active' && state.session !== null;
    const decision =
      each.do === 'sale'
        ? ring(state, toSale(each))
        : each.do === 'correction'
          ? corrected(state, each)
          : decide(state, asked(each.command, index), around(state));
    if (decision.outcome === 'rejected') continue;
    drawer.note(each, isOpen);
    for (const event of decision.events) {
      events.push(event);
      state = evolve(state, event, { at: 'now', version: events.length + 1 });
    }
  }
  return { events, ...drawer.ended() };
}

function around(till: TillState) {
  return surroundingsOf(
    new Map<string, { state: unknown; version: number }>([
      [`${LOCATIONS}/${LOCATION_ID}`, { state: OPEN_LOCATION, version: 1 }],
      [`${TILLS}/${TILL_ID}`, { state: till, version: 1 }],
    ]),
  );
}

/** A drawer and a list of what was taken, which know nothing of tills. */
function createDrawer() {
  const seen = new Set<string>();
  const drawers: number[] = [];
  const turnovers: number[] = [];
  let cash = 0;
  let turnover = 0;
  const sell = ({ isRefund, id, kind, settled, tip }: Sale): void => {
    const name = `${isRefund}${id}`;
    if (seen.has(name)) return;
    seen.add(name);
    if (kind === 'cash') cash += isRefund ? -(settled + tip) : settled + tip;
    turnover += isRefund ? -settled : settled;
  };
  return {
    note(each: Step, isOpen: boolean): void {
      if (each.do === 'sale') {
        if (isOpen) sell(each);
        return;
      }
      if (each.do === 'correction') {
        const moved = each.isRefund ? -each.amount : each.amount;
        if (isOpen && each.from === 'cash') cash -= moved;
        if (isOpen && each.kind === 'cash') cash += moved;
        return;
      }
      const { type, input } = each.command as { type: string; input: Record<string, number> };
      if (type === 'OpenTillSession') cash = input['float']!;
      if (type === 'PutCash') cash += input['amount']!;
      if (type === 'TakeCash') cash -= input['amount']!;
      if (type !== 'CloseTillSession') return;
      drawers.push(cash);
      turnovers.push(turnover);
    },
    ended: () => ({ drawers, turnovers }),
  };
}

type Sale = Extract<Step, { do: 'sale' }>;

function toSale(each: Sale) {
  const { isRefund, id, kind, settled, tip } = each;
  const change = isRefund || kind !== 'cash' ? 0 : each.change;
  const taxed = { label: 'B', rate: 8000, ...taxOfAmount(settled, 8000, 'inclusive') };
  return saleOf({
    kind,
    tip,
    change,
    amount: settled + tip + change,
    taxes: taxTotals([taxed]),
    sale: isRefund ? { refundId: `${id}` } : { paymentId: `${id}` },
  });
}

function corrected(state: TillState, each: Extract<Step, { do: 'correction' }>) {
  const { from, kind, amount: moved, isRefund } = each;
  const of = { tillId: TILL_ID, locationId: LOCATION_ID, currency: 'PLN' as const };
  const all = { ...of, orderId: 'o-1', from, kind, amount: moved, tip: 0 };
  return isRefund
    ? correctRefundOnTill(state, { ...all, refundId: 'r-1' })
    : correctOnTill(state, { ...all, paymentId: 'p-1' });
}

function asked({ type, input }: Pick<CommandOf, 'type' | 'input'>, index: number): TillCommand {
  const rest = { id: TILL_ID, at: '2026-11-21T12:00:00.000Z', commandId: `c${index}`, secret: 's' };
  return { type, input, ...rest, actor: 'user:ana', approver: null, number: 0 } as TillCommand;
}

const reportsOf = ({ events }: Account) =>
  events.flatMap((event) => (event.type === 'ZReportIssued' ? [event.data] : []));

function check(account: Account): void {
  const reports = reportsOf(account);
  // B14: numbered 1, 2, 3 without a gap, one for each session that was closed.
  expect(reports.map(({ number }) => number)).toEqual(reports.map((_, index) => index + 1));
  expect(reports).toHaveLength(account.drawers.length);
  for (const [index, report] of reports.entries()) {
    // B15: what is expected is what the drawer was given, less what it gave.
    expect(report.expected).toBe(account.drawers[index]);
    expect(report.overShort).toBe(report.counted - report.expected);
    expect(report.grandTotal).toBe(account.turnovers[index]);
    for (const tender of Object.values(report.tenders))
      expect(tender.received).toBe(tender.settled + tender.tips + tender.change);
    // B16: corrections move money between kinds and make none.
    const { cash = 0, card = 0, other = 0 } = report.corrections ?? {};
    expect(cash + card + other).toBe(0);
    const settled = Object.values(report.tenders).reduce((sum, each) => sum + each.settled, 0);
    const taxed = report.taxes.reduce((sum, { gross }) => sum + gross, 0);
    expect(taxed + report.untaxed).toBe(settled);
  }
}

test('B14, B15, B16: whatever happens at a till, reports are numbered without a gap and add up', () => {
  fc.assert(
    fc.property(steps, (day) => {
      check(run(day));
    }),
    { numRuns: 300 },
  );
});

test('B14: a Z report that was issued is never changed: no event follows that names its number again', () => {
  fc.assert(
    fc.property(steps, steps, (day, more) => {
      const before = reportsOf(run(day));
      expect(reportsOf(run([...day, ...more])).slice(0, before.length)).toEqual(before);
    }),
  );
});

test('the check finds a till that counts a payment twice', () => {
  const forgetful: typeof ringOnTill = (state, sale) =>
    ringOnTill(state.status === 'unknown' ? state : { ...state, rung: [] }, sale);
  expect(() => {
    fc.assert(
      fc.property(steps, (day) => {
        check(run(day, forgetful));
      }),
      { numRuns: 300 },
    );
  }).toThrow();
});

test('any events in any order fold to a state of plain JSON', () => {
  fc.assert(
    fc.property(steps, fc.array(fc.nat(), { maxLength: 40 }), (day, order) => {
      const { events } = run(day);
      const shuffled = order.flatMap((at) =>
        events.length === 0 ? [] : [events[at % events.length]!],
      );
      const state = shuffled.reduce<TillState>(
        (before, event, index) => evolve(before, event, { at: 'now', version: index + 1 }),
        initialState,
      );
      expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    }),
  );
});
