/** /openapi.json and /docs, made once from the described routes. */
import type { Refusal } from '../core/aggregate.ts';
import { DOCS_STYLE, docsPage, errorsPage } from './docs-html.ts';
import { openApiOf } from './openapi.ts';
import { OPEN, type AnswerDescription, type Route } from './route.ts';
import { PAGE_POLICY } from './security-headers.ts';

const HTML = 'text/html; charset=utf-8';
const HEADERS = { 'content-security-policy': PAGE_POLICY, 'cache-control': 'no-cache' };

/** `described` are all routes of the server but these. */
export function docsRoutes(described: readonly Route[], version: string): readonly Route[] {
  const refusals: Readonly<Record<string, Refusal>> = Object.assign(
    {},
    ...described.map((route) => route.refusals),
  );
  // The document names its own routes too, so it is made after they are described.
  const made = { json: '', page: '', errors: errorsPage(refusals) };
  const routes: readonly Route[] = [
    textRoute({
      path: '/openapi.json',
      operationId: 'openApi',
      summary: 'This interface as an OpenAPI 3.1 document',
      contentType: 'application/json; charset=utf-8',
      text: () => made.json,
    }),
    textRoute({
      path: '/docs',
      operationId: 'docs',
      summary: 'This interface as a page',
      contentType: HTML,
      text: () => made.page,
    }),
    textRoute({
      path: '/docs/errors',
      operationId: 'docsErrors',
      summary: 'Every error code with its cause and remedy',
      contentType: HTML,
      text: () => made.errors,
    }),
    textRoute({
      path: '/docs/style.css',
      operationId: 'docsStyle',
      summary: 'Style of the pages',
      contentType: 'text/css; charset=utf-8',
      text: () => DOCS_STYLE,
    }),
  ];
  const document = openApiOf([...described, ...routes], version);
  made.json = JSON.stringify(document);
  made.page = docsPage(document);
  return routes;
}

function textRoute(options: {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly contentType: string;
  readonly text: () => string;
}): Route {
  const answer: AnswerDescription = {
    description: 'The document',
    contentType: options.contentType.split(';')[0] ?? '',
    schema: { type: options.contentType.startsWith('application/json') ? 'object' : 'string' },
  };
  return {
    method: 'GET',
    path: options.path,
    operationId: options.operationId,
    tag: 'Documentation',
    summary: options.summary,
    access: OPEN,
    answers: { 200: answer },
    handle: () => ({
      status: 200,
      body: options.text(),
      contentType: options.contentType,
      headers: HEADERS,
    }),
  };
}
