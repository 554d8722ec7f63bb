/** POST /v1/catalog/price-lists: all lists are one stream, whose id is fixed, so the derived route is replaced. */
import { auditedOwn } from '../../http/modules/audited.ts';
import { expectedVersionOf, idempotencyKeyOf } from '../../http/modules/command-headers.ts';
import type { ModuleRoutes } from '../../http/modules/services.ts';
import { scoped, type Route } from '../../http/route.ts';
import { PRICE_LIST_REFUSALS, setPriceList } from './price-lists/commands.ts';
import { PRICE_LISTS_CATEGORY, PRICE_LISTS_ID } from './price-lists/stream.ts';
import { createdAnswer } from './routes-answers.ts';

const PATH = '/v1/catalog/price-lists';
/** A list has at most a thousand rules of about a hundred bytes, and names in some languages. */
const BYTES_MAX = 256 * 1024;

const ROUTE: Omit<Route, 'handle'> = {
  method: 'POST',
  path: PATH,
  operationId: 'setPriceList',
  tag: 'Catalog',
  summary: setPriceList.summary,
  description: `All price lists are one resource with the id \`${PRICE_LISTS_ID}\`, which sales read.`,
  access: scoped('catalog:edit'),
  parameters: [
    {
      name: 'If-Match',
      in: 'header',
      description: 'The version the price lists must be at, in quotes: else 412.',
      schema: { type: 'string' },
      example: '"3"',
    },
    {
      name: 'Idempotency-Key',
      in: 'header',
      description: 'A repetition with the same key and body gets the first answer.',
      schema: { type: 'string' },
      example: '"happy-hour-1"',
    },
  ],
  body: {
    bytesMax: BYTES_MAX,
    validatedLater: true,
    content: {
      'application/json': {
        schema: setPriceList.input,
        examples: Object.fromEntries(
          setPriceList.examples.map((value, index) => [`SetPriceList-${index + 1}`, { value }]),
        ),
      },
    },
  },
  answers: {
    201: {
      description: 'The list holds from now on',
      headers: ['location', 'etag'],
      schema: {
        type: 'object',
        required: ['id', 'version', 'cursor'],
        properties: {
          id: { type: 'string' },
          version: { type: 'integer' },
          cursor: { type: 'string' },
        },
      },
      example: { id: PRICE_LISTS_ID, version: 1, cursor: 'MS5hYmMuMy40Mg' },
    },
  },
  errors: ['INPUT_INVALID', 'PRECONDITION_FAILED', 'VERSION_CONFLICT', 'TOO_LARGE'],
  refusals: PRICE_LIST_REFUSALS,
};

export const priceListRoutes: ModuleRoutes = ({ pipeline, log, modules }) => [
  {
    ...ROUTE,
    async handle({ principal, body, request, traceId }) {
      const answer = await pipeline.handle({
        principal,
        category: PRICE_LISTS_CATEGORY,
        command: setPriceList.name,
        id: PRICE_LISTS_ID,
        input: body,
        expectedVersion: expectedVersionOf(request.headers),
        idempotencyKey: idempotencyKeyOf(request.headers),
      });
      const { tenant } = principal;
      return createdAnswer(log, {
        answer,
        tenant,
        traceId,
        path: PATH,
        refusals: PRICE_LIST_REFUSALS,
        audited: auditedOwn(modules, {
          category: PRICE_LISTS_CATEGORY,
          type: setPriceList,
          input: body,
          answer,
        }),
      });
    },
  },
];
