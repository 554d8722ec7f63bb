/** The pages under /docs: the overview, one for each group of operations, the error codes, and what the search looks in. */
import type { Refusal } from '../core/aggregate.ts';
import { ERROR_TABLE, type ErrorCode } from '../core/errors.ts';
import type { DocumentedOperation } from './docs-curl.ts';
import { breakable, escape, inline, page, type DocsGroup } from './docs-html.ts';
import { operationHtml } from './docs-operation.ts';
import { OVERVIEW } from './docs-overview.ts';
import type { OpenApiDocument } from './openapi.ts';
import { statusOf } from './problem.ts';

interface Group extends DocsGroup {
  readonly documented: readonly DocumentedOperation[];
}

export interface DocsPages {
  overview(): string;
  /** Undefined for a slug that no group has. */
  group(slug: string): string | undefined;
  errors(): string;
  /** JSON: rows of [address, first line, second line]. */
  search(): string;
}

/** `refusals` are those of all modules: problems link to their anchors too. */
export function docsPages(
  document: OpenApiDocument,
  refusals: Readonly<Record<string, Refusal>>,
): DocsPages {
  const groups = groupsOf(document);
  return {
    overview: () =>
      page({
        title: 'Comptoir API',
        body: overviewHtml(document, groups),
        contents: { groups, current: '/docs' },
      }),
    group(slug) {
      const group = groups.find((each) => each.slug === slug);
      if (group === undefined) return undefined;
      const body = `<h1>${escape(group.name)}</h1>${group.documented.map(operationHtml).join('')}`;
      const title = `${group.name} - Comptoir API`;
      return page({ title, body, contents: { groups, current: slug } });
    },
    errors: () =>
      page({
        title: 'Error codes - Comptoir API',
        body: errorsHtml(refusals),
        contents: { groups, current: '/docs/errors' },
      }),
    search: () => searchText(groups, refusals),
  };
}

function groupsOf(document: OpenApiDocument): readonly Group[] {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      operation,
    })),
  );
  return document.tags.map(({ name }) => {
    const documented = all
      .filter(({ operation }) => operation.tags.includes(name))
      .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
    return {
      name,
      slug: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
      documented,
      operations: documented.map(({ method, path, operation }) => ({
        id: operation.operationId,
        method,
        path,
      })),
    };
  });
}

/** By address, so that a list stands before its items and words before ids; reading before changing. */
function sortKey({ path, method }: DocumentedOperation): string {
  return `${path.replaceAll('/', '\u0001')}\u0000${method}`;
}

function overviewHtml(document: OpenApiDocument, groups: readonly Group[]): string {
  const lists = groups.map((group) => {
    const items = group.documented.map(({ method, path, operation }) => {
      const id = escape(operation.operationId);
      return `<li id="${id}"><a href="/docs/${group.slug}#${id}"><b class="method ${method.toLowerCase()}">${method}</b> <code>${breakable(path)}</code></a> <span>${inline(operation.summary)}</span></li>`;
    });
    return `<section aria-labelledby="group-${group.slug}"><h3 id="group-${group.slug}"><a href="/docs/${group.slug}">${escape(group.name)}</a> <small>${group.documented.length}</small></h3>
<ul class="index">${items.join('')}</ul></section>`;
  });
  return `<h1>Comptoir API <small>${escape(document.info.version)}</small></h1>
<p class="lead">${inline(document.info.description)}</p>${OVERVIEW}<h2 id="operations">All operations</h2>${lists.join('')}`;
}

// safe because the keys of the table are the codes
const CODES = Object.keys(ERROR_TABLE) as readonly ErrorCode[];

function errorsHtml(refusals: Readonly<Record<string, Refusal>>): string {
  const entries = CODES.map((code) => {
    const { sentence, cause, remedy } = ERROR_TABLE[code];
    return `<section id="${code}" class="code"><h3><code>${breakable(code)}</code> <span class="chip">${statusOf(code)}</span></h3>
<p>${escape(sentence)}</p><p><b>Cause.</b> ${inline(cause)}</p><p><b>Remedy.</b> ${inline(remedy)}</p></section>`;
  });
  const refused = Object.entries(refusals).map(
    ([code, { sentence, remedy }]) =>
      `<section id="${escape(code)}" class="code"><h3><code>${breakable(code)}</code> <span class="chip">409</span></h3>
<p>${inline(sentence)}</p><p><b>Remedy.</b> ${inline(remedy)}</p></section>`,
  );
  return `<h1>Error codes</h1><p class="lead">Every error is <code>application/problem+json</code> (RFC 9457) with one of these codes, a
<code>detail</code> in words and a <code>traceId</code>. Codes never change their meaning.</p>
<h2 id="server">Of the server</h2>${entries.join('')}<h2 id="refusals">Refusals of business modules</h2>${refused.join('')}`;
}

function searchText(groups: readonly Group[], refusals: Readonly<Record<string, Refusal>>): string {
  const operations = groups.flatMap((group) =>
    group.documented.map(({ method, path, operation }) => [
      `/docs/${group.slug}#${operation.operationId}`,
      `${method} ${path}`,
      `${group.name}: ${operation.summary.replaceAll('`', '')}`,
    ]),
  );
  const sentences = { ...ERROR_TABLE, ...refusals };
  const codes = Object.entries(sentences).map(([code, { sentence }]) => [
    `/docs/errors#${code}`,
    code,
    sentence.replaceAll('`', ''),
  ]);
  return JSON.stringify([...operations, ...codes]);
}
