/** The frame of the pages under /docs, and text as HTML: nothing inline, no foreign request. */
import { ERROR_TABLE } from '../core/errors.ts';

/** A group of operations: one module, or one part of the server. */
export interface DocsGroup {
  readonly name: string;
  /** Last part of its address: /docs/{slug}. */
  readonly slug: string;
  readonly operations: readonly {
    readonly id: string;
    readonly method: string;
    readonly path: string;
  }[];
}

export interface DocsPage {
  readonly title: string;
  readonly body: string;
  /** None on pages that are no part of the documentation. */
  readonly contents?: {
    readonly groups: readonly DocsGroup[];
    /** Slug of the group that is shown, or the address of another page. */
    readonly current: string;
  };
}

const MARK = `<svg class="mark" viewBox="0 0 16 16" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d="M1.5 12h13M4 8.5v-5M8 8.5v-5M12 8.5v-5"/></svg>`;

const ICON = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#2f8a6b" stroke-width="2" stroke-linecap="round"><path d="M1.5 12h13M4 8.5v-5M8 8.5v-5M12 8.5v-5"/></svg>')}`;

export function page({ title, body, contents }: DocsPage): string {
  const isDocs = contents !== undefined;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escape(title)}</title>
<link rel="icon" href="${ICON}"><link rel="stylesheet" href="/docs/style.css">${isDocs ? '<script type="module" src="/docs/script.js"></script>' : ''}</head>
<body>${isDocs ? '<a class="skip" href="#content">Skip to the content</a>' : ''}
<header class="bar"><a class="brand" href="${isDocs ? '/docs' : '/'}">${MARK}<span>Comptoir${isDocs ? ' <small>API</small>' : ''}</span></a>
${isDocs ? searchHtml() : ''}</header>
<div class="${isDocs ? 'frame' : 'alone'}">${isDocs ? contentsHtml(contents) : ''}
<main id="content" tabindex="-1">${body}</main></div></body></html>
`;
}

/** Shown by the script, which it needs. */
function searchHtml(): string {
  return `<search class="search" hidden><input id="search" type="text" role="combobox" aria-expanded="false"
aria-controls="found" aria-autocomplete="list" aria-label="Search operations and error codes" aria-keyshortcuts="Control+K"
placeholder="Search operations and codes" autocomplete="off" spellcheck="false" maxlength="100"><kbd aria-hidden="true">Ctrl K</kbd>
<ul id="found" role="listbox" aria-label="Found" hidden></ul><p id="told" role="status" class="unseen"></p></search>`;
}

function contentsHtml({ groups, current }: NonNullable<DocsPage['contents']>): string {
  const link = (href: string, name: string): string =>
    `<li><a href="${href}"${href === current ? ' aria-current="page"' : ''}>${escape(name)}</a></li>`;
  const items = groups.map((group) => {
    if (group.slug !== current) return link(`/docs/${group.slug}`, group.name);
    const operations = group.operations.map(
      ({ id, method, path }) =>
        `<li><a href="#${escape(id)}"><b class="method ${method.toLowerCase()}">${method}</b> <span>${breakable(path.replace(/^\/v1\//, ''))}</span></a></li>`,
    );
    return `<li><a href="/docs/${group.slug}" aria-current="page">${escape(group.name)}</a><ul class="operations">${operations.join('')}</ul></li>`;
  });
  return `<nav class="contents" aria-label="Contents"><details open><summary>Contents</summary>
<ul>${link('/docs', 'Overview')}${link('/docs/errors', 'Error codes')}<li><a href="/openapi.json">openapi.json</a></li></ul>
<ul>${items.join('')}</ul></details></nav>`;
}

/** Text with `code` in backticks. Codes in capitals become links to their explanation. */
export function inline(text: string): string {
  return escape(text)
    .replaceAll(/`([^`]*)`/g, '<code>$1</code>')
    .replaceAll(/\b[A-Z]+(?:_[A-Z]+)*\b(?=:)/g, (word) =>
      word in ERROR_TABLE || word.includes('_') ? codeLink(word) : word,
    );
}

export function codeLink(code: string): string {
  return `<a href="/docs/errors#${escape(code)}"><code>${breakable(code)}</code></a>`;
}

/** A long name or path may be broken after its separators. */
export function breakable(text: string): string {
  return escape(text).replaceAll(/[/_.]/g, '$&<wbr>');
}

export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
