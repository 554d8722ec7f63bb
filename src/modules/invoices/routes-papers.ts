/** Where the papers of this module and of orders come from: for the service that prints them. */
import {
  paperLanguage,
  type Printable,
  type PaperRequest,
  type PaperSource,
} from '../../core/paper.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import {
  LOCATIONS,
  PROFILE_STREAM,
  type LocationState,
  type ProfileState,
} from '../business/index.ts';
import { ORDERS, receiptOf, receiptPaper, type OrderState } from '../orders/index.ts';
import type { CreditNoteState } from './credit-notes/state.ts';
import { buyerKeyOf, CREDIT_NOTES, INVOICES } from './invoice-terms.ts';
import { creditNotePaper, invoicePaper } from './papers.ts';
import type { InvoiceState } from './state.ts';

type Read = (request: PaperRequest) => Promise<Printable | null>;

export function paperSources(pipeline: Pick<Pipeline, 'load'>): readonly PaperSource[] {
  const load = async (tenant: string, category: string, id: string): Promise<unknown> =>
    (await pipeline.load(tenant, category, id)).state;

  const invoice: Read = async ({ tenant, id, language }) => {
    // safe because streams of a category are folded by the aggregate of that category alone
    const state = (await load(tenant, INVOICES, id)) as InvoiceState;
    if (state.status === 'unknown') return null;
    const paper = invoicePaper(state, language ?? paperLanguage(state.language));
    return { paper, personId: state.buyerKey, locationId: state.locationId };
  };

  const creditNote: Read = async ({ tenant, id, language }) => {
    // safe because, as above, it is of that category
    const note = (await load(tenant, CREDIT_NOTES, id)) as CreditNoteState;
    if (note.status === 'unknown') return null;
    const { invoiceId, locationId } = note;
    // safe because, as above, it is of that category
    const of = (await load(tenant, INVOICES, invoiceId)) as InvoiceState;
    if (of.status === 'unknown') return null;
    const paper = creditNotePaper(note, of, language ?? paperLanguage(note.language));
    return { paper, personId: buyerKeyOf(invoiceId), locationId };
  };

  const receipt: Read = async ({ tenant, id, language }) => {
    // safe because, as above, it is of that category
    const order = (await load(tenant, ORDERS, id)) as OrderState;
    if (order.status === 'unknown') return null;
    const { locationId, tableId, placedAt } = order;
    // safe because, as above, it is of that category
    const location = (await load(tenant, LOCATIONS, locationId)) as LocationState;
    const { category, id: profileId } = PROFILE_STREAM;
    // safe because, as above, it is of that category
    const profile = (await load(tenant, category, profileId)) as ProfileState;
    const known = location.status === 'unknown' ? null : location;
    const table = known?.tables.find((each) => each.tableId === tableId)?.name ?? tableId;
    const facts = {
      orderId: id,
      profile,
      table,
      language: language ?? known?.languages[0] ?? 'en',
    };
    const paper = receiptPaper(receiptOf(order, facts), placedAt);
    return { paper, personId: null, locationId };
  };

  return [
    { kind: 'invoice', read: invoice },
    { kind: 'credit-note', read: creditNote },
    { kind: 'receipt', read: receipt },
  ];
}
