import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { docsPages } from './docs-pages.ts';
import { openApiOf } from './openapi.ts';
import { scoped, type Route } from './route.ts';

const HOSTILE = '<script>alert(1)</script>';

const ROUTE: Route = {
  method: 'POST',
  path: '/v1/orders/{id}/cancel',
  operationId: 'cancelOrder',
  tag: 'Orders & more',
  summary: 'Cancels an order',
  description: HOSTILE,
  access: scoped('orders:write'),
  parameters: [
    { name: 'id', in: 'path', description: 'Its id.', schema: { type: 'string' }, example: 'a b' },
  ],
  body: {
    bytesMax: 1000,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['reason'],
          properties: { reason: { type: 'string', description: HOSTILE, maxLength: 200 } },
        },
        example: { reason: `it's "${HOSTILE}"` },
      },
    },
  },
  answers: { 200: { description: 'Done', schema: { type: 'object' }, example: { version: 2 } } },
  errors: ['NOT_FOUND'],
  refusals: { ORDER_CLOSED: { sentence: 'It is closed.', remedy: 'Open another one.' } },
};

const pages = docsPages(openApiOf([ROUTE], '1.2.3'), ROUTE.refusals ?? {});
const group = pages.group('orders-more') ?? '';

test('a group shows its operations with fields, permission, codes and a command line', () => {
  for (const part of [
    'id="cancelOrder"',
    '<code>orders:write</code>',
    'at most 200 characters',
    'required',
    'href="/docs/errors#ORDER_CLOSED"',
    'href="/docs/errors#NOT_FOUND"',
    '&quot;$COMPTOIR_URL/v1/orders/a%20b/cancel&quot;',
    'Bearer $COMPTOIR_API_KEY',
  ])
    expect(group).toContain(part);
});

test('what every operation may answer is told once, on the overview', () => {
  expect(group).not.toContain('UNAUTHENTICATED');
  expect(pages.overview()).toContain('/docs/errors#UNAUTHENTICATED');
});

test('the overview keeps old deep links and names the version', () => {
  expect(pages.overview()).toContain(
    '<li id="cancelOrder"><a href="/docs/orders-more#cancelOrder">',
  );
  expect(pages.overview()).toContain('1.2.3');
});

test('lists stand before their items, words before ids, reading before changing', () => {
  const routes = [
    ['POST', '/v1/orders/{id}/pay'],
    ['POST', '/v1/orders'],
    ['GET', '/v1/orders/{id}'],
    ['GET', '/v1/orders/floor'],
    ['GET', '/v1/orders'],
  ] as const;
  const document = openApiOf(
    routes.map(([method, path]) => ({ ...ROUTE, method, path, operationId: `${method} ${path}` })),
    '',
  );
  const html = docsPages(document, {}).group('orders-more') ?? '';
  const ids = [...html.matchAll(/<section class="operation" id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toEqual([
    'GET /v1/orders',
    'POST /v1/orders',
    'GET /v1/orders/floor',
    'GET /v1/orders/{id}',
    'POST /v1/orders/{id}/pay',
  ]);
});

test('there is no page of a group that does not exist', () => {
  expect(pages.group('nothing')).toBeUndefined();
});

test('descriptions and examples are text, never markup, and nothing is inline or foreign', () => {
  for (const html of [pages.overview(), pages.errors(), group]) {
    expect(html).not.toContain(HOSTILE);
    expect(html).not.toMatch(/<script>|<style|style=| on\w+=/);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  }
});

test('the search finds operations and codes', () => {
  const rows: unknown = JSON.parse(pages.search());
  expect(rows).toContainEqual([
    '/docs/orders-more#cancelOrder',
    'POST /v1/orders/{id}/cancel',
    'Orders & more: Cancels an order',
  ]);
  expect(rows).toContainEqual(['/docs/errors#ORDER_CLOSED', 'ORDER_CLOSED', 'It is closed.']);
});

test('a single quote in an example does not end the command line', () => {
  expect(group).toContain(String.raw`it'\''s`);
});

/** Relative luminance of WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const css = readFileSync(join(import.meta.dirname, 'docs-static/docs.css'), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map((match) => [
    match[1],
    [match[2]!, match[3]!],
  ]),
);
const TEXTS = ['ink', 'muted', 'brand', 'brass', 'wine', 'blue'];
const GROUNDS = ['ground', 'raised', 'sunken'];
const PAIRS = [
  ...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground, 4.5] as const)),
  ['ink', 'brand-soft', 4.5],
  ['control', 'ground', 3],
  ['control', 'raised', 3],
] as const;

test.each(PAIRS)('%s on %s has a contrast of %d, light and dark', (text, ground, least) => {
  for (const scheme of [0, 1]) {
    const [a, b] = [tokens.get(text)![scheme]!, tokens.get(ground)![scheme]!]
      .map(luminance)
      .sort((one, other) => other - one);
    expect((a! + 0.05) / (b! + 0.05)).toBeGreaterThanOrEqual(least);
  }
});
