/** For the house itself, with a key or signed in: the name in its addresses, and links it gives to guests. */
import { Type } from 'typebox';
import { STREAM_ID } from '../core/aggregate.ts';
import type { Refusal } from '../core/aggregate.ts';
import { unknownId } from '../http/moments.ts';
import { refusalOf } from '../http/problem.ts';
import { scoped, type Answer, type Call, type Route } from '../http/route.ts';
import { ORDERS, type OrderState } from '../modules/orders/index.ts';
import type { PublicServices } from './public-services.ts';
import { SLUG_PATTERN, SLUGS_MAX } from './slugs/slugs.ts';

const TAG = 'Public pages';
const BODY_BYTES_MAX = 1024;

const SLUG_REFUSALS = {
  SLUG_TAKEN: {
    sentence: 'This name belongs to another business or to Comptoir itself.',
    remedy: 'Choose another name.',
  },
  SLUGS_TOO_MANY: {
    sentence: 'The business has claimed as many names as it may.',
    remedy: `Go back to one of the ${SLUGS_MAX} names it has: they all keep working.`,
  },
} as const satisfies Record<string, Refusal>;

const slugBody = Type.Object(
  { slug: Type.String({ pattern: SLUG_PATTERN }) },
  { additionalProperties: false },
);
const orderBody = Type.Object(
  { orderId: Type.String({ minLength: 1, maxLength: 128 }) },
  { additionalProperties: false },
);
const slugAnswer = Type.Object({
  slug: Type.String(),
  pages: Type.Object({ menu: Type.String(), book: Type.String(), me: Type.String() }),
});

export function houseRoutes(deps: PublicServices): readonly Route[] {
  return [readSlug(deps), claimSlug(deps), orderLink(deps), revokeOrderLinks(deps)];
}

function readSlug({ slugs }: PublicServices): Route {
  return {
    method: 'GET',
    path: '/v1/business/slug',
    operationId: 'readSlug',
    tag: TAG,
    summary: 'The name of the business in the addresses of its public pages',
    access: scoped('business:read'),
    answers: { 200: { description: 'The name, and the pages below it', schema: slugAnswer } },
    handle: async ({ principal }) => ({
      status: 200,
      body: pagesOf(await slugs.slugOf(principal.tenant)),
    }),
  };
}

function claimSlug({ slugs }: PublicServices): Route {
  return {
    method: 'POST',
    path: '/v1/business/slug',
    operationId: 'claimSlug',
    tag: TAG,
    summary: 'Claims a name for the public pages; earlier ones keep leading to them',
    access: scoped('business:settings'),
    body: {
      bytesMax: BODY_BYTES_MAX,
      content: { 'application/json': { schema: slugBody, example: { slug: 'pod-wawelem' } } },
    },
    answers: { 200: { description: 'The name, and the pages below it', schema: slugAnswer } },
    errors: ['INPUT_INVALID'],
    refusals: SLUG_REFUSALS,
    audit: { class: 'audit', action: 'slug.claimed', keepsBody: true },
    async handle(call) {
      // safe because the route has validated it
      const { slug } = call.body as { readonly slug: string };
      const claim = await slugs.claim(call.principal.tenant, slug);
      if (claim === 'taken') return refused('SLUG_TAKEN', call);
      if (claim === 'too-many') return refused('SLUGS_TOO_MANY', call);
      return { status: 200, body: pagesOf(slug) };
    },
  };
}

function pagesOf(slug: string) {
  const base = `/public/${slug}`;
  return { slug, pages: { menu: `${base}/menu`, book: `${base}/book`, me: `${base}/me` } };
}

function refused(code: keyof typeof SLUG_REFUSALS, { traceId }: Call): Answer {
  const refusal = SLUG_REFUSALS[code];
  const { status, headers, problem } = refusalOf({ code, details: {}, refusal }, traceId);
  return { status, contentType: headers['content-type'] ?? '', body: problem };
}

function orderLink({ links, slugs, modules }: PublicServices): Route {
  return {
    method: 'POST',
    path: '/v1/public-links/orders',
    operationId: 'linkOrder',
    tag: TAG,
    summary: 'Makes a link with which a guest sees how far an order is',
    description: 'It is shown once, works for a day and opens nothing else.',
    access: scoped('orders:write'),
    body: {
      bytesMax: BODY_BYTES_MAX,
      content: {
        'application/json': {
          schema: orderBody,
          example: { orderId: '01J9ZQ4Y8K3V5T7N2B6M1C0D9E' },
        },
      },
    },
    answers: {
      201: {
        description: 'Path of the page',
        schema: Type.Object({
          path: Type.String(),
          expiresAt: Type.String({ format: 'date-time' }),
        }),
      },
    },
    errors: ['NOT_FOUND', 'INPUT_INVALID'],
    async handle(call) {
      const orderId = await ownOrder(modules, call);
      const { tenant } = call.principal;
      const { token, expiresAt } = await links.issue({ tenant, purpose: 'order' }, [orderId]);
      const slug = await slugs.slugOf(tenant);
      const path = `/public/${encodeURIComponent(slug)}/order/${token}`;
      return { status: 201, headers: { 'cache-control': 'no-store' }, body: { path, expiresAt } };
    },
  };
}

function revokeOrderLinks({ links, modules }: PublicServices): Route {
  return {
    method: 'POST',
    path: '/v1/public-links/orders/revoke',
    operationId: 'revokeOrderLinks',
    tag: TAG,
    summary: 'Ends all links to an order',
    access: scoped('orders:write'),
    body: {
      bytesMax: BODY_BYTES_MAX,
      content: {
        'application/json': {
          schema: orderBody,
          example: { orderId: '01J9ZQ4Y8K3V5T7N2B6M1C0D9E' },
        },
      },
    },
    answers: {
      200: {
        description: 'How many ended',
        schema: Type.Object({ revoked: Type.Integer() }),
        example: { revoked: 1 },
      },
    },
    errors: ['INPUT_INVALID', 'NOT_FOUND'],
    async handle(call) {
      const place = { tenant: call.principal.tenant, purpose: 'order' } as const;
      const orderId = await ownOrder(modules, call);
      return { status: 200, body: { revoked: await links.revoke(place, orderId) } };
    },
  };
}

/** Errors: NOT_FOUND for an order that is none, or of a place that the caller does not see. */
async function ownOrder({ pipeline }: PublicServices['modules'], call: Call): Promise<string> {
  const orderId = orderIdOf(call);
  const { state } = await pipeline.load(call.principal.tenant, ORDERS, orderId);
  // safe because the stream is one of the category
  const order = state as OrderState;
  const ours = call.principal.rules?.locations ?? null;
  const isTheirs = order.status !== 'unknown' && (ours?.includes(order.locationId) ?? true);
  if (!isTheirs) throw unknownId();
  return orderId;
}

/** Errors: NOT_FOUND for what can be no id. */
function orderIdOf({ body }: Call): string {
  // safe because the route has validated it
  const { orderId } = body as { readonly orderId: string };
  if (!STREAM_ID.test(orderId)) throw unknownId();
  return orderId;
}
