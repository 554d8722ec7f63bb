/** /openapi.json and /docs, made from the described routes when they are first asked for. */
import type { Refusal } from '../core/aggregate.ts';
import { Failure } from '../core/errors.ts';
import { docsFile, docsFont } from './docs-files.ts';
import { docsPages, type DocsPages } from './docs-pages.ts';
import { openApiOf, type OpenApiDocument } from './openapi.ts';
import { OPEN, type Answer, type Call, type Parameter, type Route } from './route.ts';
import { PAGE_POLICY } from './security-headers.ts';

const HTML = 'text/html; charset=utf-8';
const HEADERS = { 'content-security-policy': PAGE_POLICY, 'cache-control': 'no-cache' };
/** A font never changes under its name but with the package it comes from. */
const FONT_HEADERS = { 'cache-control': 'public, max-age=86400' };

/** `described` are all routes of the server but these. */
export function docsRoutes(described: readonly Route[], version: string): readonly Route[] {
  const refusals: Readonly<Record<string, Refusal>> = Object.assign(
    {},
    ...described.map((route) => route.refusals),
  );
  // The document names its own routes too, so it is made after they are described.
  const document = once((): OpenApiDocument => openApiOf([...described, ...routes], version));
  const pages = once((): DocsPages => docsPages(document(), refusals));
  const json = once(() => JSON.stringify(document()));
  const overview = once(() => pages().overview());
  const errors = once(() => pages().errors());
  const search = once(() => pages().search());
  const groups = new Map<string, string>();
  const group = (slug: string): string => {
    const made = groups.get(slug) ?? pages().group(slug);
    if (made === undefined) throw new Failure('NOT_FOUND', 'The documentation has no such page.');
    groups.set(slug, made);
    return made;
  };
  const routes: readonly Route[] = [
    textRoute('/openapi.json', {
      operationId: 'openApi',
      summary: 'This interface as an OpenAPI 3.1 document',
      contentType: 'application/json; charset=utf-8',
      text: json,
    }),
    textRoute('/docs', {
      operationId: 'docs',
      summary: 'This interface as pages: the first of them',
      text: overview,
    }),
    textRoute('/docs/errors', {
      operationId: 'docsErrors',
      summary: 'Every error code with its cause and remedy',
      text: errors,
    }),
    textRoute('/docs/style.css', {
      operationId: 'docsStyle',
      summary: 'Style of the pages',
      contentType: 'text/css; charset=utf-8',
      text: once(() => docsFile('docs.css')),
    }),
    textRoute('/docs/script.js', {
      operationId: 'docsScript',
      summary: 'Search and copying for the pages',
      contentType: 'text/javascript; charset=utf-8',
      text: once(() => docsFile('docs.js')),
    }),
    textRoute('/docs/search.json', {
      operationId: 'docsSearch',
      summary: 'What the search of the pages looks in',
      contentType: 'application/json; charset=utf-8',
      text: search,
    }),
    fontRoute('inter.woff2', 'docsTextFont'),
    fontRoute('mono.woff2', 'docsCodeFont'),
    groupRoute(group),
  ];
  return routes;
}

function groupRoute(group: (slug: string) => string): Route {
  const route = textRoute('/docs/{group}', {
    operationId: 'docsGroup',
    summary: 'The operations of one module or part of the server',
    text: ({ params }) => group(params['group'] ?? ''),
  });
  const parameter: Parameter = {
    name: 'group',
    in: 'path',
    description: 'As the first page links to it.',
    schema: { type: 'string', maxLength: 100 },
    example: 'orders',
  };
  return { ...route, parameters: [parameter], errors: ['NOT_FOUND'] };
}

function textRoute(
  path: string,
  options: {
    readonly operationId: string;
    readonly summary: string;
    readonly contentType?: string;
    readonly text: (call: Call) => string;
  },
): Route {
  const { contentType = HTML, text } = options;
  const isJson = contentType.startsWith('application/json');
  return {
    ...described(path, options),
    answers: {
      200: {
        description: 'The document',
        contentType: contentType.split(';')[0] ?? '',
        schema: isJson ? {} : { type: 'string' },
      },
    },
    handle: (call) => ({ status: 200, body: text(call), contentType, headers: HEADERS }),
  };
}

function fontRoute(name: Parameters<typeof docsFont>[0], operationId: string): Route {
  const font = once(() => docsFont(name));
  return {
    ...described(`/docs/${name}`, { operationId, summary: 'A font of the pages' }),
    answers: {
      200: { description: 'The font', contentType: 'font/woff2', schema: { type: 'string' } },
    },
    errors: ['NOT_FOUND'],
    handle(): Answer {
      const body = font();
      if (body === undefined) throw new Failure('NOT_FOUND', 'The fonts are not installed.');
      return { status: 200, body, contentType: 'font/woff2', headers: FONT_HEADERS };
    },
  };
}

function described(
  path: string,
  { operationId, summary }: { readonly operationId: string; readonly summary: string },
): Pick<Route, 'method' | 'path' | 'operationId' | 'tag' | 'summary' | 'access'> {
  return { method: 'GET', path, operationId, tag: 'Documentation', summary, access: OPEN };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
