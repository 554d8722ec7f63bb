/** One operation of the interface as HTML: what it takes, what it answers, and a command line to try it. */
import { ERROR_TABLE } from '../core/errors.ts';
import { curlText, exampleText, type DocumentedOperation } from './docs-curl.ts';
import { breakable, codeLink, escape, inline } from './docs-html.ts';
import { fieldRows, limitWords, typeWords, type FieldRow, type Schema } from './docs-schema.ts';
import { CREDENTIAL_CODES, type Operation } from './openapi.ts';

interface Content {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Answer {
  readonly description: string;
  readonly headers?: object;
  readonly content?: Readonly<Record<string, Content>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

/** What every operation with a credential may answer: told once on the overview. */
const COMMON_CODES: ReadonlySet<string> = new Set([...CREDENTIAL_CODES, 'INTERNAL']);
/** A longer example is folded: it would push the next operation out of sight. */
const EXAMPLE_LINES_MAX = 30;

export function operationHtml(documented: DocumentedOperation): string {
  const { path, method, operation } = documented;
  const id = escape(operation.operationId);
  return `<section class="operation" id="${id}" aria-labelledby="${id}-title"><div class="words">
<h2 id="${id}-title">${inline(operation.summary)} <a class="anchor" href="#${id}" aria-label="Link to ${id}">#</a></h2>
<p class="address"><b class="method ${method.toLowerCase()}">${method}</b> <code>${breakable(path)}</code> ${permissionHtml(operation)}</p>
${operation.description === undefined ? '' : `<p>${inline(operation.description)}</p>`}
${parametersHtml(operation)}${bodyHtml(operation)}${answersHtml(operation)}${codesHtml(operation)}</div>
<div class="samples">${sampleHtml('As a command line', curlText(documented), true)}${answerExamples(operation)}</div></section>`;
}

function permissionHtml(operation: Operation): string {
  const permission = operation['x-comptoir-permission'];
  if (permission === 'open') return '<span class="chip">open to everybody</span>';
  if (permission === 'any') return '<span class="chip">any credential</span>';
  return `<span class="chip">needs <code>${escape(permission)}</code></span>`;
}

function parametersHtml(operation: Operation): string {
  // safe because the document was made from described parameters
  const parameters = (operation.parameters ?? []) as readonly Parameter[];
  const rows = parameters.map(({ name, in: where, required, description = '', schema }) => ({
    path: [name],
    type: `${typeWords(schema)}, in the ${where}`,
    required: required === true,
    description,
    values: schema.enum ?? [],
    limits: limitWords(schema),
  }));
  return rows.length === 0 ? '' : tableHtml('Parameters', rows);
}

function bodyHtml(operation: Operation): string {
  return Object.entries(contentOf(operation.requestBody))
    .map(([type, { schema }]) => {
      const rows = fieldRows(schema);
      const title = `Body, <code>${escape(type)}</code>`;
      return rows.length === 0 ? `<h3>${title}</h3>` : tableHtml(title, rows);
    })
    .join('');
}

function answersHtml(operation: Operation): string {
  return goodAnswers(operation)
    .map(([status, { description, headers, content = {} }]) => {
      const names = Object.keys(headers ?? {}).map((name) => `<code>${escape(name)}</code>`);
      const told = names.length === 0 ? '' : ` Headers: ${names.join(', ')}.`;
      const head = `<h3>Answer <code>${escape(status)}</code></h3><p>${inline(description)}.${told}</p>`;
      const tables = Object.entries(content).map(([type, { schema }]) => {
        const rows = fieldRows(schema);
        // Nearly all of them are JSON: only another type is worth seeing.
        const isUsual = type === 'application/json';
        const title = `<span${isUsual ? ' class="unseen"' : ''}>As <code>${escape(type)}</code></span>`;
        return rows.length === 0 ? `<p>${title}</p>` : tableHtml(title, rows, 'answer');
      });
      return head + tables.join('');
    })
    .join('');
}

function codesHtml(operation: Operation): string {
  const codes = operation['x-error-codes'].filter((code) => !COMMON_CODES.has(code));
  if (codes.length === 0) return '';
  const items = codes.map((code) => {
    // safe because a code that is not of the table gives undefined, which is handled
    const known = ERROR_TABLE[code as keyof typeof ERROR_TABLE] as { sentence: string } | undefined;
    return `<li>${codeLink(code)}${known === undefined ? '' : ` <span>${escape(known.sentence)}</span>`}</li>`;
  });
  return `<details class="codes"><summary>May be refused with ${codes.length} ${codes.length === 1 ? 'code' : 'codes'}</summary><ul>${items.join('')}</ul></details>`;
}

/** Roles are written out, because narrow screens lay rows out as blocks, which takes them away. */
function tableHtml(
  title: string,
  rows: readonly FieldRow[],
  kind: 'input' | 'answer' = 'input',
): string {
  const head = ['Field', 'Type', kind === 'input' ? 'Required' : 'There', 'Meaning'].map(
    (name) => `<th role="columnheader" scope="col">${name}</th>`,
  );
  const lines = rows.map((row) => rowHtml(row, kind));
  return `<table role="table"><caption>${title}</caption><thead role="rowgroup"><tr role="row">${head.join('')}</tr></thead>
<tbody role="rowgroup">${lines.join('')}</tbody></table>`;
}

function rowHtml(row: FieldRow, kind: 'input' | 'answer'): string {
  const { path, type, required, description, values, limits } = row;
  const parents = path.slice(0, -1).map((name) => `${breakable(name)}.<wbr>`);
  const outer = parents.length === 0 ? '' : `<span class="outer">${parents.join('')}</span>`;
  const absent = kind === 'answer' ? '' : 'optional';
  const told = [
    ...(description === '' ? [] : [inline(description)]),
    ...(values.length === 0
      ? []
      : [values.map((value) => `<code>${escape(JSON.stringify(value))}</code>`).join(' ')]),
    ...(limits === '' ? [] : [`<span class="limits">${inline(limits)}</span>`]),
  ];
  return `<tr role="row"><th role="rowheader" scope="row"><code>${outer}${breakable(path.at(-1) ?? '')}</code></th>
<td role="cell" class="type">${escape(type)}</td><td role="cell" class="${required ? 'required' : 'optional'}">${required ? (kind === 'answer' ? 'always' : 'required') : kind === 'answer' ? 'may be absent' : absent}</td>
<td role="cell">${told.join('<br>')}</td></tr>`;
}

function answerExamples(operation: Operation): string {
  return goodAnswers(operation)
    .flatMap(([status, { content = {} }]) =>
      Object.values(content).flatMap((each) => {
        const text = exampleText(each);
        return text === undefined ? [] : [sampleHtml(`Answers ${status}`, text, false)];
      }),
    )
    .join('');
}

function sampleHtml(title: string, text: string, isCopied: boolean): string {
  const copy = isCopied ? '<button type="button" class="copy" hidden>Copy</button>' : '';
  const pre = `<pre><code>${escape(text)}</code></pre>`;
  const isLong = text.split('\n').length > EXAMPLE_LINES_MAX;
  return isLong
    ? `<details class="sample"><summary>${escape(title)}</summary>${copy}${pre}</details>`
    : `<div class="sample"><p class="head">${escape(title)}${copy}</p>${pre}</div>`;
}

function goodAnswers(operation: Operation): readonly (readonly [string, Answer])[] {
  return (
    Object.entries(operation.responses)
      .filter(([status]) => Number(status) < 400)
      // safe because the document was made from described answers
      .map(([status, answer]) => [status, answer as Answer])
  );
}

function contentOf(part: object | undefined): Readonly<Record<string, Content>> {
  if (part === undefined || !('content' in part)) return {};
  // safe because the document was made from described bodies
  return part.content as Readonly<Record<string, Content>>;
}
