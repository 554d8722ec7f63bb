import { ID, streamIdOf } from '../../http/modules/command-routes.ts';
import { checkWait, WAIT } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import { invalid, notListed } from '../../http/query-input.ts';
import { scoped, type Call, type Parameter, type Route } from '../../http/route.ts';
import {
  LOCATIONS,
  PROFILE_STREAM,
  type LocationState,
  type ProfileState,
} from '../business/index.ts';
import { ORDERS } from './beside.ts';
import { receiptOf, receiptText, RECEIPT_COLUMNS, type Receipt } from './receipt.ts';
import { RECEIPT_LANGUAGES } from './receipt-words.ts';
import type { OrderState } from './order-state.ts';

const LANGUAGE: Parameter = {
  name: 'language',
  in: 'query',
  description: `One of ${RECEIPT_LANGUAGES.join(', ')}; the first language of the location by default.`,
  schema: { type: 'string', enum: RECEIPT_LANGUAGES },
};
const PARAMETERS = [ID, LANGUAGE, WAIT];
const ERRORS = ['INPUT_INVALID', 'NOT_FOUND', 'CURSOR_INVALID', 'CURSOR_EXPIRED'] as const;

export function receiptRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/orders/{id}/receipt',
      operationId: 'readReceipt',
      tag: 'Orders',
      summary: 'The receipt of an order; not a fiscal document',
      access: scoped('orders:read'),
      parameters: PARAMETERS,
      answers: { 200: { description: 'The receipt', schema: { type: 'object' } } },
      errors: ERRORS,
      handle: async (call) => ({ status: 200, body: await receipt(deps, call) }),
    },
    {
      method: 'GET',
      path: '/v1/orders/{id}/receipt.txt',
      operationId: 'readReceiptText',
      tag: 'Orders',
      summary: `The receipt as plain text for paper of 80 mm: ${RECEIPT_COLUMNS} columns`,
      access: scoped('orders:read'),
      parameters: PARAMETERS,
      answers: { 200: { description: 'The receipt', contentType: TEXT } },
      errors: ERRORS,
      async handle(call) {
        const body = receiptText(await receipt(deps, call));
        return { status: 200, contentType: TEXT, body };
      },
    },
  ];
}

const TEXT = 'text/plain; charset=utf-8';

async function receipt(deps: ModuleRouteDependencies, call: Call): Promise<Receipt> {
  const { tenant, rules } = call.principal;
  const orderId = streamIdOf(call);
  await checkWait(deps.log, call);
  const load = async (category: string, id: string): Promise<unknown> =>
    (await deps.pipeline.load(tenant, category, id)).state;
  // safe because streams of a category are folded by the aggregate of that category alone
  const order = (await load(ORDERS, orderId)) as OrderState;
  if (order.status === 'unknown') throw unknownId();
  const allowed = rules?.locations ?? null;
  if (allowed !== null && !allowed.includes(order.locationId)) throw unknownId();
  // safe because, as above, it is of that category
  const location = (await load(LOCATIONS, order.locationId)) as LocationState;
  // safe because, as above, it is of that category
  const profile = (await load(PROFILE_STREAM.category, PROFILE_STREAM.id)) as ProfileState;
  const standard = location.status === 'unknown' ? 'en' : (location.languages[0] ?? 'en');
  const language = call.query.get('language') ?? standard;
  if (call.query.has('language') && !RECEIPT_LANGUAGES.includes(language))
    throw invalid(
      'language',
      `must be one of ${RECEIPT_LANGUAGES.join(', ')}.`,
      notListed(RECEIPT_LANGUAGES),
    );
  const tables = location.status === 'unknown' ? [] : location.tables;
  const table = tables.find(({ tableId }) => tableId === order.tableId)?.name ?? order.tableId;
  return receiptOf(order, { orderId, profile, table, language });
}
