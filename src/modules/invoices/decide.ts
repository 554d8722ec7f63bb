import type { CommandAttributes, StreamReference, Surroundings } from '../../core/aggregate.ts';
import { localOf } from '../../core/calendar.ts';
import { accepted, rejected, type Decision } from '../../core/decision.ts';
import { paperLanguage } from '../../core/paper.ts';
import { taxOfAmount, taxTotals } from '../../core/tax.ts';
import {
  locationFrom,
  LOCATIONS,
  PROFILE_STREAM,
  type LocationState,
  type ProfileState,
} from '../business/index.ts';
import { orderFrom, orderStream, type KnownOrder, type LineState } from '../orders/index.ts';
import type { InvoiceCommand } from './commands.ts';
import type { InvoiceEvent } from './events.ts';
import {
  buyerKeyOf,
  invoiceIdOf,
  invoiceStream,
  keptUntil,
  KEPT_YEARS,
  PREFIX,
  seriesStream,
  turnOf,
} from './invoice-terms.ts';
import { giveNumber } from './series/series.ts';
import type { Buyer, PaperLine, Seller } from './shapes.ts';
import type { InvoiceState } from './state.ts';

type Issue = Extract<InvoiceCommand, { readonly type: 'IssueInvoice' }>;

export function decide(
  state: InvoiceState,
  command: InvoiceCommand,
  around: Surroundings,
): Decision<InvoiceEvent> {
  if (command.type === 'IssueInvoice') return issue(state, command, around);
  if (state.status === 'unknown' || !state.isKept) return accepted([]);
  const { invoiceId, buyerKey, timeZone, keptUntil: until } = state;
  if (localOf(command.at, timeZone).slice(0, 10) <= until)
    return rejected('INVOICE_STILL_KEPT', { keptUntil: until });
  return accepted([{ type: 'InvoiceKeepingEnded', data: { invoiceId, buyerKey } }]);
}

function issue(
  state: InvoiceState,
  { id: invoiceId, input, at }: Issue,
  around: Surroundings,
): Decision<InvoiceEvent> {
  const { orderId, language, keptYears = KEPT_YEARS } = input;
  const turn = turnOf(invoiceId, orderId);
  if (turn === null) return rejected('INVOICE_ELSEWHERE');
  if (state.status !== 'unknown') return rejected('INVOICE_EXISTS', { invoiceId });
  const before = invoiceBefore(invoiceId, orderId);
  if (before !== null && !isCredited(before, around))
    return rejected('INVOICE_EXISTS', { invoiceId: before });
  const order = orderFrom(around, orderId);
  if (order.status === 'unknown') return rejected('INVOICE_ORDER_UNKNOWN');
  if (order.status !== 'closed')
    return rejected('INVOICE_ORDER_NOT_CLOSED', { status: order.status });
  // safe because the stream of the profile has the state of its aggregate
  const profile = around.stateOf(PROFILE_STREAM) as ProfileState;
  if (profile.status === 'unknown') return rejected('INVOICE_SELLER_MISSING');
  const lines = order.lines.map((line) => lineOf(line, order));
  const gross = lines.reduce((sum, line) => sum + line.gross, 0);
  if (gross <= 0) return rejected('INVOICE_EMPTY');
  const location = locationFrom(around, order.locationId);
  const { timeZone } = order;
  const stream = seriesStream(input.series ?? PREFIX.invoice, { at, timeZone });
  const given = giveNumber(stream, around, { kind: 'invoice', paperId: invoiceId });
  if (given === null) return rejected('SERIES_OTHER_KIND', { series: stream.id });
  const { seriesId, number, numberText, elsewhere } = given;
  const data = {
    invoiceId,
    seriesId,
    number,
    numberText,
    orderId,
    locationId: order.locationId,
    timeZone,
    soldOn: order.businessDay,
    customerId: order.customerId,
    language: language ?? languageOf(location),
    currency: order.currency,
    lines: [...lines],
    taxes: [...taxTotals(lines)],
    gross,
    seller: sellerOf(profile),
    buyerKey: buyerKeyOf(invoiceId),
    buyer: buyerOf(input.buyer),
    keptUntil: keptUntil(at, { timeZone, years: keptYears }),
  };
  return accepted([{ type: 'InvoiceIssued', data }], [elsewhere]);
}

/** The invoice of the same order that must be credited whole before; null for the first. */
function invoiceBefore(invoiceId: string, orderId: string): string | null {
  const turn = turnOf(invoiceId, orderId);
  return turn === null || turn === 1 ? null : invoiceIdOf(orderId, turn - 1);
}

/** Once credited whole it stays so: an older state at worst refuses. */
function isCredited(invoiceId: string, around: Surroundings): boolean {
  // safe because streams of this category are folded by the aggregate of invoices alone
  const state = around.stateOf(invoiceStream(invoiceId)) as InvoiceState;
  return state.status === 'credited';
}

function languageOf(location: LocationState): string {
  return paperLanguage(location.status === 'unknown' ? 'en' : (location.languages[0] ?? 'en'));
}

/** After discounts and points, as it was paid. */
function lineOf(line: LineState, { taxMode }: KnownOrder): PaperLine {
  const { lineId, name, modifiers, quantity, taxLabel: label, taxRate: rate } = line;
  const less = [...line.discounts, ...line.points].reduce((sum, { amount }) => sum + amount, 0);
  const { net, tax, gross } = line.fixed ?? taxOfAmount(line.amount - less, rate, taxMode);
  const extras = modifiers.map((each) =>
    each.quantity === 1 ? each.name : `${each.quantity} x ${each.name}`,
  );
  const whole = extras.length === 0 ? name : `${name} (${extras.join(', ')})`;
  return { lineId, name: whole, quantity, label, rate, net, tax, gross };
}

function sellerOf(profile: Extract<ProfileState, { readonly status: 'set-up' }>): Seller {
  const { legalName, tradeName, taxId, country, address } = profile;
  return { legalName, tradeName, taxId, country, address: addressOf(address) };
}

function buyerOf(given: Issue['input']['buyer']): Buyer | null {
  if (given === undefined) return null;
  const { name, taxId = null, address = null } = given;
  return { name, taxId, address: addressOf(address) };
}

function addressOf(
  address: {
    readonly lines: readonly string[];
    readonly postalCode?: string;
    readonly city: string;
    readonly country: string;
  } | null,
): Seller['address'] {
  if (address === null) return null;
  const { lines, postalCode = null, city, country } = address;
  return { lines: [...lines], postalCode, city, country };
}

export function consults(
  command: InvoiceCommand,
  around: Surroundings,
): readonly StreamReference[] {
  if (command.type !== 'IssueInvoice') return [];
  const { orderId } = command.input;
  const before = invoiceBefore(command.id, orderId);
  const order = orderFrom(around, orderId);
  return [
    orderStream(orderId),
    PROFILE_STREAM,
    ...(before === null ? [] : [invoiceStream(before)]),
    ...(order.status === 'unknown' ? [] : [{ category: LOCATIONS, id: order.locationId }]),
  ];
}

export function streams(command: InvoiceCommand, around: Surroundings): readonly StreamReference[] {
  if (command.type !== 'IssueInvoice') return [];
  const order = orderFrom(around, command.input.orderId);
  if (order.status === 'unknown') return [];
  const { timeZone } = order;
  return [seriesStream(command.input.series ?? PREFIX.invoice, { at: command.at, timeZone })];
}

export function attributes(
  state: InvoiceState,
  command: InvoiceCommand,
  around: Surroundings,
): CommandAttributes {
  const order =
    command.type === 'IssueInvoice' ? orderFrom(around, command.input.orderId) : undefined;
  const known = state.status === 'unknown' ? null : state.locationId;
  const locationId = order === undefined || order.status === 'unknown' ? known : order.locationId;
  return { locationId, amount: null, shiftOf: null };
}
