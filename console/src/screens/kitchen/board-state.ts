/** What a board makes of the tickets that the server tells: ages that count on by themselves, who bumps what. Pure. */

export type LineState = 'fired' | 'ready' | 'served' | 'stopped';

export interface TicketLine {
  readonly orderId: string;
  readonly lineId: string;
  readonly productId: string | null;
  readonly name: string;
  readonly quantity: number;
  readonly modifiers: readonly { readonly name: string; readonly quantity: number }[];
  readonly course: number | null;
  readonly seat: number | null;
  readonly note: string | null;
  readonly rush: boolean;
  readonly state: LineState;
}

export interface Ticket {
  readonly id: string;
  readonly ticketId: string;
  readonly stationId: string;
  readonly orderId: string;
  readonly number: number;
  readonly part: number;
  readonly channel: 'eat-in' | 'take-away' | 'delivery';
  readonly tableId: string | null;
  readonly course: number | null;
  readonly rush: boolean;
  readonly status: 'open' | 'ready' | 'served';
  readonly lines: readonly TicketLine[];
  readonly firedAt: string;
  readonly doneAt: string | null;
}

export interface BoardStation {
  readonly stationId: string;
  readonly name: string;
  readonly slowAfterSeconds: number;
  readonly lateAfterSeconds: number;
}

export interface BoardAnswer {
  readonly serverTime: string;
  readonly businessDay: string;
  readonly stations: readonly BoardStation[];
  readonly tickets: readonly Ticket[];
  readonly more: boolean;
}

export type Age = 'fresh' | 'slow' | 'late';

export interface TicketAge {
  readonly seconds: number;
  readonly age: Age;
}

/** `nowMs` by the server's clock. */
export function ageOf(ticket: Ticket, station: BoardStation | undefined, nowMs: number): TicketAge {
  const seconds = Math.max(0, Math.floor((nowMs - Date.parse(ticket.firedAt)) / 1000));
  if (station === undefined) return { seconds, age: 'fresh' };
  if (seconds >= station.lateAfterSeconds) return { seconds, age: 'late' };
  return { seconds, age: seconds >= station.slowAfterSeconds ? 'slow' : 'fresh' };
}

/** What is to be made first stands first, then the oldest. */
export function inOrder(tickets: readonly Ticket[]): readonly Ticket[] {
  return tickets.toSorted(
    (a, b) => Number(b.rush) - Number(a.rush) || Date.parse(a.firedAt) - Date.parse(b.firedAt),
  );
}

/** Bills that lines of the ticket are on: each is bumped by itself. */
export function billsToBump({ lines }: Ticket): readonly string[] {
  return [...new Set(lines.filter(({ state }) => state === 'fired').map(({ orderId }) => orderId))];
}

/** Bills with lines that are not wanted any more and that the station has not seen. */
export function billsToSee({ lines }: Ticket): readonly string[] {
  return [
    ...new Set(lines.filter(({ state }) => state === 'stopped').map(({ orderId }) => orderId)),
  ];
}

/** Lines by course, what has none first. */
export function coursesOf({
  lines,
}: Ticket): readonly (readonly [course: number | null, lines: readonly TicketLine[]])[] {
  const courses = [...new Set(lines.map(({ course }) => course))].toSorted(
    (a, b) => (a ?? 0) - (b ?? 0),
  );
  return courses.map((course) => [course, lines.filter((line) => line.course === course)]);
}

/** Without tickets whose bump is on its way: the board must not wait for the network. */
export function withoutBumped(
  tickets: readonly Ticket[],
  bumped: ReadonlySet<string>,
): readonly Ticket[] {
  return tickets.filter(({ id }) => !bumped.has(id));
}

/** Tickets that were not there before: what a sound is played for. */
export function freshIds(
  before: ReadonlySet<string>,
  tickets: readonly Ticket[],
): readonly string[] {
  return tickets.filter(({ id }) => !before.has(id)).map(({ id }) => id);
}

export interface DayCount {
  readonly stationId: string;
  readonly productId: string | null;
  readonly name: string;
  readonly quantity: number;
}
