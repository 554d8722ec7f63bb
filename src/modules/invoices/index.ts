/** Invoices and credit notes: numbered without gaps, never changed, kept as long as the law asks. The only door of this folder. */
import { Type } from 'typebox';
import { defineAggregate } from '../../core/aggregate.ts';
import { defineModule } from '../../core/module.ts';
import { INVOICE_COMMANDS, type InvoiceCommand } from './commands.ts';
import {
  CREDIT_NOTE_COMMANDS,
  CREDIT_NOTE_REFUSALS,
  type CreditNoteCommand,
} from './credit-notes/commands.ts';
import * as note from './credit-notes/decide.ts';
import { CREDIT_NOTE_EVENTS, type CreditNoteEvent } from './credit-notes/events.ts';
import * as noteState from './credit-notes/state.ts';
import { attributes, consults, decide, streams } from './decide.ts';
import { INVOICE_EVENTS, type InvoiceEvent } from './events.ts';
import { CREDIT_NOTES, INVOICES, SERIES } from './invoice-terms.ts';
import { INVOICE_POLICIES } from './policies.ts';
import { creditNoteList } from './read-models/credit-note-list.ts';
import { invoiceList } from './read-models/invoice-list.ts';
import { seriesList } from './read-models/series-list.ts';
import { INVOICE_REFUSALS } from './refusals.ts';
import * as series from './series/series.ts';
import { evolve, initialState, type InvoiceState } from './state.ts';

export { KEPT_BY_LAW } from './invoice-terms.ts';
export { invoiceCredited, invoiceIssued, invoiceKeepingEnded } from './events.ts';
export { creditNoteIssued } from './credit-notes/events.ts';
export { invoiceRoutes } from './routes.ts';
export { paperSources } from './routes-papers.ts';

const invoiceAggregate = defineAggregate<InvoiceState, InvoiceCommand, InvoiceEvent>({
  category: INVOICES,
  stateVersion: 1,
  events: INVOICE_EVENTS,
  commands: INVOICE_COMMANDS,
  refusals: INVOICE_REFUSALS,
  initialState,
  decide,
  evolve,
  consults,
  streams,
  attributes,
  locationOf: (state) => (state.status === 'unknown' ? null : state.locationId),
  respond: (state) =>
    state.status === 'unknown' ? {} : { number: state.numberText, keptUntil: state.keptUntil },
  responds: () =>
    Type.Object({ number: Type.String(), keptUntil: Type.String({ format: 'date' }) }),
});

const creditNoteAggregate = defineAggregate<
  noteState.CreditNoteState,
  CreditNoteCommand,
  CreditNoteEvent
>({
  category: CREDIT_NOTES,
  stateVersion: 1,
  events: CREDIT_NOTE_EVENTS,
  commands: CREDIT_NOTE_COMMANDS,
  refusals: CREDIT_NOTE_REFUSALS,
  initialState: noteState.initialState,
  decide: note.decide,
  evolve: noteState.evolve,
  consults: note.consults,
  streams: note.streams,
  attributes: note.attributes,
  locationOf: (state) => (state.status === 'unknown' ? null : state.locationId),
  respond: (state) =>
    state.status === 'unknown' ? {} : { number: state.numberText, gross: state.gross },
  responds: () => Type.Object({ number: Type.String(), gross: Type.Integer() }),
});

const seriesAggregate = defineAggregate<
  series.SeriesState,
  series.SeriesCommand,
  series.SeriesEvent
>({
  category: SERIES,
  stateVersion: 1,
  events: series.SERIES_EVENTS,
  commands: series.SERIES_COMMANDS,
  refusals: series.CONTINUE_REFUSALS,
  initialState: series.initialState,
  decide: series.decide,
  evolve: series.evolve,
});

export const invoices = defineModule({
  name: 'invoices',
  title: 'Invoices',
  summary: 'Invoices of orders and credit notes: numbered without gaps, printed, kept by law.',
  aggregates: [
    {
      aggregate: invoiceAggregate,
      singular: 'invoice',
      list: invoiceList,
      money: ['net', 'tax', 'gross', 'credited', 'creditedTax'],
    },
    {
      aggregate: creditNoteAggregate,
      singular: 'credit note',
      list: creditNoteList,
      money: ['net', 'tax', 'gross'],
    },
    { aggregate: seriesAggregate, singular: 'series', plural: 'series', list: seriesList },
  ],
  policies: INVOICE_POLICIES,
});
