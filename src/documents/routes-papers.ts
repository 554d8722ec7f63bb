/** What is printed, over HTTP: each is a job of the PDF service, whose result is fetched by a link. */
import { Failure } from '../core/errors.ts';
import { PAPER_LANGUAGES, type PaperLanguage } from '../core/paper.ts';
import { invalid, notListed } from '../http/query-input.ts';
import { scoped, type Call, type Parameter, type Route } from '../http/route.ts';
import type { Documents } from './documents.ts';
import { askedBy, replay, REQUEST_KEY } from './request-headers.ts';
import { Accepted } from './shapes.ts';

interface Printed {
  readonly kind: string;
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly scope: 'invoices:read' | 'orders:read';
}

const PRINTED: readonly Printed[] = [
  {
    kind: 'invoice',
    path: '/v1/invoices/{id}/pdf',
    operationId: 'printInvoice',
    tag: 'Invoices',
    summary: 'Have an invoice printed as PDF',
    scope: 'invoices:read',
  },
  {
    kind: 'credit-note',
    path: '/v1/invoices/credit-notes/{id}/pdf',
    operationId: 'printCreditNote',
    tag: 'Invoices',
    summary: 'Have a credit note printed as PDF',
    scope: 'invoices:read',
  },
  {
    kind: 'receipt',
    path: '/v1/orders/{id}/receipt/pdf',
    operationId: 'printReceipt',
    tag: 'Orders',
    summary: 'Have the receipt of an order printed as PDF; not a fiscal document',
    scope: 'orders:read',
  },
];

const ID: Parameter = {
  name: 'id',
  in: 'path',
  description: 'Of what is printed.',
  schema: { type: 'string' },
};
const LANGUAGE: Parameter = {
  name: 'language',
  in: 'query',
  description: `One of ${PAPER_LANGUAGES.join(', ')}; its own by default.`,
  schema: { type: 'string', enum: PAPER_LANGUAGES },
};

export function paperRoutes(documents: Documents): readonly Route[] {
  return PRINTED.map(({ kind, scope, ...route }) => ({
    ...route,
    method: 'POST',
    description:
      'Answers with a job: ask `/v1/documents/jobs/{id}` until it is `done`, then for a link to `resultId`. What was ' +
      'printed is kept for a day and can be printed again at any time, with the same bytes while the logo is the same.',
    access: scoped(scope),
    // What is printed shows the buyer.
    audit: { class: 'access', action: `${kind}.printed` },
    parameters: [ID, LANGUAGE, REQUEST_KEY],
    answers: { 202: { description: 'Accepted', schema: Accepted, headers: ['location'] } },
    errors: ['INPUT_INVALID', 'NOT_FOUND', 'OVERLOADED', 'UNAVAILABLE', 'IDEMPOTENCY_MISMATCH'],
    async handle({ principal, params, query, request: { headers: given } }) {
      const { tenant, rules } = principal;
      const wanted = { kind, id: params['id'] ?? '', language: languageOf(query) };
      const locations = rules?.locations ?? null;
      const accepted = await documents.print(tenant, {
        ...wanted,
        locations,
        asked: askedBy(principal, given),
      });
      if (accepted === null) throw new Failure('NOT_FOUND', 'There is nothing with this id.');
      const location = `/v1/documents/jobs/${accepted.id}`;
      const headers = { location, ...replay(accepted.replayed) };
      return { status: 202, body: { id: accepted.id }, headers };
    },
  }));
}

function languageOf(query: Call['query']): PaperLanguage | null {
  const given = query.get('language');
  if (given === undefined) return null;
  const known = PAPER_LANGUAGES.find((language) => language === given);
  if (known === undefined)
    throw invalid(
      'language',
      `must be one of ${PAPER_LANGUAGES.join(', ')}.`,
      notListed(PAPER_LANGUAGES),
    );
  return known;
}
