/** A ticket on the paper of a station's printer: 42 columns, no commands. Pure. */
import { localOf } from '../../../core/calendar.ts';
import { centred, columns, PAPER_COLUMNS, wrapped } from '../paper.ts';
import { ticketWords, type TicketWords } from './print-words.ts';
import type { TicketLine, TicketRow } from './ticket-row.ts';

export interface TicketFacts {
  readonly timeZone: string;
  readonly language: string;
  /** Names of the station and the table; null for no table. */
  readonly station: string;
  readonly table: string | null;
}

/** Rows of at most PAPER_COLUMNS characters. Lines that are done are left out, those that were stopped say so. */
export function ticketLines(row: TicketRow, facts: TicketFacts): readonly string[] {
  const words = ticketWords(facts.language);
  const rule = '-'.repeat(PAPER_COLUMNS);
  const number = row.part === 0 ? `${row.number}` : `${row.number}/${row.part + 1}`;
  const where = facts.table === null ? channelWord(row, words) : `${words.table} ${facts.table}`;
  const time = localOf(row.fired_at, facts.timeZone).slice(11, 16);
  const shown = row.lines.filter(({ state }) => state === 'fired' || state === 'stopped');
  return [
    ...columns(facts.station, `#${number}`),
    ...columns(where, time),
    ...(row.rush ? [centred(`*** ${words.rush} ***`)] : []),
    rule,
    ...shown.flatMap((line, index) => [
      ...(line.course !== null && line.course !== (shown[index - 1]?.course ?? null)
        ? [`${words.course} ${line.course}`]
        : []),
      ...lineRows(line, words),
    ]),
    rule,
  ];
}

function channelWord({ channel }: TicketRow, words: TicketWords): string {
  if (channel === 'take-away') return words.takeAway;
  return channel === 'delivery' ? words.delivery : words.noTable;
}

const INDENT = ' '.repeat(5);

function lineRows(line: TicketLine, words: TicketWords): readonly string[] {
  const { quantity, name, state, seat, modifiers, note } = line;
  const stop = state === 'stopped' ? `${words.stop} ` : '';
  const place = seat === null ? '' : ` (${words.seat} ${seat})`;
  const count = `${quantity} x `.padStart(INDENT.length);
  const [first = '', ...more] = wrapped(`${stop}${name}${place}`, PAPER_COLUMNS - count.length);
  const chosen = modifiers.map((each) =>
    each.quantity === 1 ? `+ ${each.name}` : `+ ${each.quantity} x ${each.name}`,
  );
  const further = [...chosen, ...(note === null ? [] : [`! ${note}`])];
  const rows = further.flatMap((text) => wrapped(text, PAPER_COLUMNS - INDENT.length));
  return [count + first, ...[...more, ...rows].map(indented)];
}

function indented(text: string): string {
  return INDENT + text;
}
