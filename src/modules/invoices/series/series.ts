/** A series of numbers: one stream each, so that its numbers have no gap and none is given twice, whatever fails after. */
import { Type } from 'typebox';
import type { EventsElsewhere } from '../../../core/decision.ts';
import type { Refusal, StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { closed, prefixInput } from '../inputs.ts';
import { kindByPrefix, numberTextOf, type PaperKind } from '../invoice-terms.ts';
import { SERIES_REFUSALS } from '../refusals.ts';

const kindSchema = Type.Union([Type.Literal('invoice'), Type.Literal('credit-note')]);

/** Only where a series goes on from numbers that another system gave out; others begin at 1 by themselves. */
export const seriesContinued = defineEvent({
  name: 'InvoiceSeriesContinued',
  wireName: 'comptoir.invoice-series.continued',
  data: Type.Object({ seriesId: Type.String(), kind: kindSchema, next: Type.Integer() }),
});
/** In the same unit as the paper that has the number. */
export const numberGiven = defineEvent({
  name: 'InvoiceNumberGiven',
  wireName: 'comptoir.invoice-series.number-given',
  data: Type.Object({
    seriesId: Type.String(),
    kind: kindSchema,
    number: Type.Integer(),
    paperId: Type.String(),
  }),
});
export const SERIES_EVENTS = [seriesContinued, numberGiven] as const;
export type SeriesEvent = EventOf<(typeof SERIES_EVENTS)[number]>;

export const continueSeries = defineCommand({
  name: 'ContinueInvoiceSeries',
  summary: 'Has a series go on from numbers that another system gave out',
  permission: 'configure',
  input: Type.Object(
    {
      series: prefixInput,
      year: Type.Integer({ minimum: 2000, maximum: 2999 }),
      kind: kindSchema,
      next: Type.Integer({ minimum: 2, maximum: 1_000_000_000 }),
    },
    closed,
  ),
  examples: [{ series: 'FV', year: 2026, kind: 'invoice', next: 418 }],
});
export const SERIES_COMMANDS = [continueSeries] as const;
export type SeriesCommand = CommandFor<(typeof SERIES_COMMANDS)[number]>;

export const CONTINUE_REFUSALS = {
  ...SERIES_REFUSALS,
  SERIES_BEGUN: {
    sentence: 'The series has given out numbers already.',
    remedy: 'Take another series: numbers are never skipped and never given twice.',
  },
  SERIES_ELSEWHERE: {
    sentence: 'The id of a series is its prefix and its year.',
    remedy: 'Leave the id to the server.',
  },
} as const satisfies Record<string, Refusal>;

export type SeriesState =
  | { readonly status: 'unknown' }
  | { readonly status: 'open'; readonly kind: PaperKind; readonly next: number };
export const initialState: SeriesState = { status: 'unknown' };

export function evolve(_state: SeriesState, { type, data }: SeriesEvent): SeriesState {
  const next = type === 'InvoiceNumberGiven' ? data.number + 1 : data.next;
  return { status: 'open', kind: data.kind, next };
}

export function decide(
  state: SeriesState,
  { id: seriesId, input }: SeriesCommand,
): Decision<SeriesEvent> {
  const { series, year, kind, next } = input;
  if (seriesId !== `${series}-${year}`) return rejected('SERIES_ELSEWHERE');
  if (state.status !== 'unknown') return rejected('SERIES_BEGUN');
  const meant = kindByPrefix(seriesId);
  if (meant !== null && meant !== kind) return rejected('SERIES_OTHER_KIND', { series: seriesId });
  return accepted([{ type: 'InvoiceSeriesContinued', data: { seriesId, kind, next } }]);
}

export interface GivenNumber {
  readonly seriesId: string;
  readonly number: number;
  readonly numberText: string;
  /** What the paper's decision puts on the stream of the series. */
  readonly elsewhere: EventsElsewhere;
}

/** The next number for a paper; null when the series is one of another kind. `stream` must be listed by `streams`. */
export function giveNumber(
  stream: StreamReference,
  around: Surroundings,
  paper: { readonly kind: PaperKind; readonly paperId: string },
): GivenNumber | null {
  // safe because streams of this category are folded by the aggregate of series alone
  const state = around.stateOf(stream) as SeriesState;
  const { kind, paperId } = paper;
  const held = state.status === 'open' ? state.kind : kindByPrefix(stream.id);
  if (held !== null && held !== kind) return null;
  const number = state.status === 'open' ? state.next : 1;
  const seriesId = stream.id;
  const event = { type: numberGiven.name, data: { seriesId, kind, number, paperId } };
  const elsewhere = { ...stream, events: [event] };
  return { seriesId, number, numberText: numberTextOf(seriesId, number), elsewhere };
}
