/** The API's documentation as plain HTML, from the OpenAPI document: no script, no foreign request. */
import type { Refusal } from '../core/aggregate.ts';
import { ERROR_TABLE, type ErrorCode } from '../core/errors.ts';
import type { OpenApiDocument, Operation } from './openapi.ts';
import { statusOf } from './problem.ts';
import type { BodyDescription } from './route.ts';

export const DOCS_STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: light-dark(#0b5cad, #7db8ff); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 62rem; font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.75rem; } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
h3 { margin: 2rem 0 .25rem; font-size: 1.05rem; }
a { color: var(--accent); } code, pre { font: .9em/1.5 ui-monospace, monospace; }
pre { padding: .75rem 1rem; background: var(--soft); border: 1px solid var(--line); border-radius: .4rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto; }
th, td { padding: .3rem .9rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
nav ul { columns: 18rem; padding-left: 1.2rem; }
.method { display: inline-block; min-width: 4.2rem; font-weight: 700; }
.scope { padding: .05rem .45rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .85rem; }
:target { background: var(--soft); outline: 2px solid var(--accent); outline-offset: .3rem; }
`;

export function docsPage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = document.tags.map(({ name }) => ({
    name,
    operations: operations.filter(({ operation }) => operation.tags.includes(name)),
  }));
  const contents = groups
    .flatMap((group) => group.operations)
    .map(({ path, method, operation }) => {
      const title = `${method.toUpperCase()} ${path}`;
      return `<li><a href="#${escape(operation.operationId)}"><code>${escape(title)}</code></a></li>`;
    });
  const sections = groups.map(
    (group) =>
      `<h2>${escape(group.name)}</h2>${group.operations.map((entry) => operationHtml(entry)).join('')}`,
  );
  return page(
    'Comptoir API',
    `<h1>Comptoir API <small>${escape(document.info.version)}</small></h1>
<p>${inline(document.info.description)} The whole as data: <a href="/openapi.json">/openapi.json</a>;
<a href="/docs/errors">all error codes</a>.</p>
<p>Send a key as <code>Authorization: Bearer KEY</code> or <code>X-Api-Key: KEY</code>.</p>
<nav aria-label="Contents"><ul>${contents.join('')}</ul></nav>${sections.join('')}`,
  );
}

/** `refusals` are those of all modules: problems link to their anchors too. */
export function errorsPage(refusals: Readonly<Record<string, Refusal>>): string {
  // safe because the keys of the table are the codes
  const codes = Object.keys(ERROR_TABLE) as ErrorCode[];
  const entries = codes.map((code) => {
    const { sentence, cause, remedy } = ERROR_TABLE[code];
    return `<section id="${code}"><h3><code>${code}</code> <span class="scope">${statusOf(code)}</span></h3>
<p>${escape(sentence)}</p><p><b>Cause.</b> ${inline(cause)}</p><p><b>Remedy.</b> ${inline(remedy)}</p></section>`;
  });
  const refused = Object.entries(refusals).map(
    ([
      code,
      { sentence, remedy },
    ]) => `<section id="${escape(code)}"><h3><code>${escape(code)}</code> <span class="scope">409</span></h3>
<p>${inline(sentence)}</p><p><b>Remedy.</b> ${inline(remedy)}</p></section>`,
  );
  return page(
    'Error codes',
    `<h1>Error codes</h1><p>Every error is <code>application/problem+json</code> with one of these codes.
<a href="/docs">Back to the API</a>.</p>${entries.join('')}
<h2>Refusals of business modules</h2>${refused.join('')}`,
  );
}

export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><link rel="stylesheet" href="/docs/style.css"></head>
<body><main>${body}</main></body></html>
`;
}

function operationHtml(entry: { path: string; method: string; operation: Operation }): string {
  const { path, method, operation } = entry;
  const scope = operation['x-scope'];
  return `<section id="${escape(operation.operationId)}">
<h3><code><span class="method">${escape(method.toUpperCase())}</span> ${escape(path)}</code>
${scope === undefined ? '' : `<span class="scope">${escape(scope)}</span>`}</h3>
<p>${inline(operation.summary)}.</p>${operation.description === undefined ? '' : `<p>${inline(operation.description)}</p>`}
${parametersHtml(operation)}${bodyHtml(operation)}${answersHtml(operation)}</section>`;
}

function parametersHtml(operation: Operation): string {
  const rows = (operation.parameters ?? []).map((parameter) => {
    // safe because the document was made from described parameters
    const { name, in: where, description } = parameter as Record<string, string>;
    return `<tr><td><code>${escape(name ?? '')}</code></td><td>${escape(where ?? '')}</td><td>${inline(description ?? '')}</td></tr>`;
  });
  if (rows.length === 0) return '';
  return `<table><thead><tr><th>Parameter</th><th>In</th><th>Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function bodyHtml(operation: Operation): string {
  if (operation.requestBody === undefined) return '';
  // safe because the document was made from described bodies
  const { content } = operation.requestBody as Pick<BodyDescription, 'content'>;
  return Object.entries(content)
    .map(([type, { example, examples = {} }]) => {
      const all = example === undefined ? Object.values(examples) : [{ value: example }];
      const shown = all.map(({ value }) =>
        typeof value === 'string' ? value : JSON.stringify(value, null, 2),
      );
      return `<p>Body: <code>${escape(type)}</code></p>${shown.map((text) => `<pre>${escape(text)}</pre>`).join('')}`;
    })
    .join('');
}

function answersHtml(operation: Operation): string {
  const rows = Object.entries(operation.responses).map(([status, answer]) => {
    // safe because the document was made from described answers
    const { description } = answer as { description: string };
    return `<tr><td><code>${escape(status)}</code></td><td>${inline(description)}</td></tr>`;
  });
  return `<table><thead><tr><th>Answer</th><th>Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** Text with `code` in backticks. Codes in capitals become links to their explanation. */
function inline(text: string): string {
  return escape(text)
    .replaceAll(/`([^`]*)`/g, '<code>$1</code>')
    .replaceAll(/\b[A-Z]+(?:_[A-Z]+)*\b(?=:)/g, (word) =>
      word in ERROR_TABLE || word.includes('_')
        ? `<a href="/docs/errors#${word}">${word}</a>`
        : word,
    );
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
