/** A year of a busy house, appended through the log port in large units: orders, guests who are members, reservations. */
import type { EventDraft } from '../../../src/core/event.ts';
import { jsonDraftOf } from '../../../src/core/event.ts';
import type { StreamAppend } from '../../../src/log/log.ts';
import type { PostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import { phoneOf } from './house.ts';
import type { ReservationTemplate, TemplateEvent, Templates } from './templates.ts';

export interface Counts {
  readonly orders: number;
  readonly members: number;
  readonly reservations: number;
}

export function countsOf(orders: number): Counts {
  return { orders, members: Math.ceil(orders / 5), reservations: Math.ceil(orders / 10) };
}

const TENANT = 'default';
const STREAMS_PER_UNIT = 8;
const UNITS_IN_FLIGHT = 64;
const DAY_MS = 24 * 3_600_000;
/** Orders lie within the last year, reservations around today. */
const ORDER_DAYS = 365;
const RESERVED_DAYS_BEFORE = 200;
const RESERVED_DAYS_AFTER = 300;
const TABLES = 20;
const HOURS = [12, 14, 16, 18, 20];

/** Dates with reservations from tomorrow on, `YYYY-MM-DD`. */
export function reservedDates(todayMs: number, count: number): string[] {
  return Array.from({ length: Math.min(count, RESERVED_DAYS_AFTER) }, (_, index) =>
    dateOf(todayMs + (index + 1) * DAY_MS),
  );
}

export async function appendHistory(
  log: PostgresLog,
  templates: Templates,
  work: { readonly counts: Counts; readonly todayMs: number; readonly say: (line: string) => void },
): Promise<void> {
  const { counts, todayMs, say } = work;
  await appendAll(log, memberUnits(templates, counts.members));
  say(`${counts.members} customers are members`);
  await appendAll(log, orderUnits(templates, counts, todayMs));
  say(`${counts.orders} orders`);
  await appendAll(log, reservationUnits(templates, counts.reservations, todayMs));
  say(`${counts.reservations} reservations`);
}

type Unit = readonly StreamAppend[];

/** The units of one list are appended one after the other, as they go on in one stream; lists side by side. */
async function appendAll(log: PostgresLog, lists: Iterable<readonly Unit[]>): Promise<void> {
  const queue = lists[Symbol.iterator]();
  const writer = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true; next = queue.next())
      for (const streams of next.value) {
        const outcome = await log.appendDecided({ tenant: TENANT, streams });
        if (outcome.status !== 'appended') throw new Error(`Not appended: ${outcome.status}.`);
      }
  };
  await Promise.all(Array.from({ length: UNITS_IN_FLIGHT }, writer));
}

/** Member 0 is real: the templates were made of it. */
export function memberId(number: number): string {
  return `m${number}`;
}

function* memberUnits(templates: Templates, members: number): Iterable<readonly Unit[]> {
  const perUnit = STREAMS_PER_UNIT / 2;
  for (let from = 1; from < members; from += perUnit) {
    const unit: StreamAppend[] = [];
    for (let number = from; number < Math.min(from + perUnit, members); number += 1) {
      const id = memberId(number);
      const person = { customerId: id, phone: phoneOf(number) };
      unit.push(
        fresh(`customers/${id}`, [
          draft(templates.customer, { id, data: { ...person, name: `Guest ${number}` } }),
        ]),
        fresh(`loyalty.members/${id}`, [
          draft(templates.member, { id, data: { ...person, memberId: id } }),
        ]),
      );
    }
    yield [unit];
  }
}

function* orderUnits(
  { sales }: Templates,
  { orders, members }: Counts,
  todayMs: number,
): Iterable<readonly Unit[]> {
  for (let from = 0; from < orders; from += STREAMS_PER_UNIT) {
    const unit: StreamAppend[] = [];
    for (let number = from; number < Math.min(from + STREAMS_PER_UNIT, orders); number += 1) {
      const id = `o${number}`;
      const placedMs = todayMs - Math.floor((1 - number / orders) * ORDER_DAYS * DAY_MS) - DAY_MS;
      const data = {
        orderId: id,
        number: 1 + (number % 10_000),
        businessDay: dateOf(placedMs),
        customerId: memberId(1 + ((number * 7919) % Math.max(1, members - 1))),
        imported: true,
      };
      const sale = sales[number % sales.length] ?? [];
      const time = new Date(placedMs).toISOString();
      unit.push(
        fresh(
          `orders/${id}`,
          sale.map((event, index) =>
            draft(event, {
              id: `${id}-${index}`,
              subject: id,
              time,
              data: withoutKitchen(event, data),
            }),
          ),
        ),
      );
    }
    yield [unit];
  }
}

/** What was sold long ago waits at no station any more. */
function withoutKitchen({ data }: TemplateEvent, more: object): object {
  const { lines } = data;
  const known = Object.keys(data);
  const own = Object.entries(more).filter(([name]) => known.includes(name));
  if (!Array.isArray(lines)) return Object.fromEntries(own);
  const quiet = lines.map((line: object) =>
    'kitchen' in line ? { ...line, kitchen: 'none', ticketId: null } : line,
  );
  return { ...Object.fromEntries(own), lines: quiet };
}

function* reservationUnits(
  { reservations }: Templates,
  count: number,
  todayMs: number,
): Iterable<readonly Unit[]> {
  const days = RESERVED_DAYS_BEFORE + RESERVED_DAYS_AFTER;
  const perDay = Math.ceil(count / (days * reservations.length));
  let left = count;
  for (let day = -RESERVED_DAYS_BEFORE; day <= RESERVED_DAYS_AFTER; day += 1)
    for (const template of reservations) {
      // Tomorrow has the reservation that the template was made of.
      if (day === 1 || left <= 0) continue;
      const parties = Math.min(perDay, left, TABLES * HOURS.length);
      left -= parties;
      yield dayUnits(template, dateOf(todayMs + day * DAY_MS), parties);
    }
}

/** Seven reservations to a unit, beside the day that they are all of. */
function dayUnits(template: ReservationTemplate, date: string, parties: number): Unit[] {
  const { locationId } = template;
  const units: Unit[] = [];
  for (let from = 0; from < parties; from += STREAMS_PER_UNIT - 1) {
    const taken: EventDraft[] = [];
    const unit: StreamAppend[] = [];
    for (let party = from; party < Math.min(from + STREAMS_PER_UNIT - 1, parties); party += 1) {
      const id = `r${locationId.slice(-6)}-${date}-${party}`;
      const hour = HOURS[Math.floor(party / TABLES)] ?? 12;
      const timing = timingOf(date, hour);
      const tableIds = [`t${1 + (party % TABLES)}`];
      const made = { reservationId: id, personId: id, ...timing, dates: [date], tableIds };
      const place = { date, key: id, tableIds, day: date };
      unit.push(
        fresh(`reservations/${id}`, [draft(template.made, { id, data: { ...made, day: date } })]),
      );
      const { startsAt: start, takenUntil: to } = timing;
      taken.push(
        draft(template.taken, {
          id: `${id}-day`,
          subject: `${locationId}~${date}`,
          data: { ...place, from: start, to },
        }),
      );
    }
    const stream = `reservations.days/${locationId}~${date}`;
    unit.push({ stream, expectedVersion: BigInt(from), events: taken });
    units.push(unit);
  }
  return units;
}

function timingOf(date: string, hour: number) {
  const at = (minutes: number): string =>
    new Date(Date.parse(`${date}T00:00:00Z`) + (hour * 60 + minutes) * 60_000).toISOString();
  return { startsAt: at(0), endsAt: at(90), takenUntil: at(90) };
}

function fresh(stream: string, events: readonly EventDraft[]): StreamAppend {
  return { stream, expectedVersion: 0n, events };
}

function draft(
  { type, source, data }: TemplateEvent,
  of: {
    readonly id: string;
    readonly subject?: string;
    readonly time?: string;
    readonly data: object;
  },
): EventDraft {
  const { id, subject = id, time = new Date().toISOString() } = of;
  const extensions = { commandid: `history-${id}`, actor: 'bench' };
  return jsonDraftOf({ id, source, type, subject, time, extensions }, { ...data, ...of.data });
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
