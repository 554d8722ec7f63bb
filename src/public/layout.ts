/** What every page has around it. */
import type { Answer } from '../http/route.ts';
import { html, textOf, type Html } from './html.ts';
import type { Language } from './language.ts';
import { assetAddress } from './assets.ts';
import { signHtml } from './logo.ts';
import type { Visit } from './visit.ts';
import { WORDS } from './words/index.ts';

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Entry of the navigation that this page is. */
  readonly here?: 'menu' | 'book' | 'me';
  /** File of the one script of the page, where it has one. */
  readonly script?: string;
  /** The address holds a secret or the page is about a person: no copy is kept, no robot reads it. */
  readonly secret?: boolean;
  readonly status?: number;
}

const HTML = 'text/html; charset=utf-8';

/** Own style, fonts and pictures; scripts where the page has one. Nothing inline, nothing from elsewhere. */
function policyOf(script: string | undefined): string {
  const scripts =
    script === undefined ? '' : "script-src 'self'; connect-src 'self'; worker-src 'self'; ";
  return (
    `default-src 'none'; ${scripts}style-src 'self'; img-src 'self'; font-src 'self'; ` +
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
  );
}

export function pageAnswer(visit: Visit, page: Page): Answer {
  const { secret = false, status = 200, script } = page;
  return {
    status,
    contentType: HTML,
    headers: {
      'content-security-policy': policyOf(script),
      'cache-control': secret ? 'no-store' : 'no-cache',
      // Forms that are open to everybody tell where they come from; an address with a secret is told to nobody.
      'referrer-policy': secret ? 'no-referrer' : 'same-origin',
      vary: 'accept-language',
      'content-language': visit.language,
      ...(secret ? { 'x-robots-tag': 'noindex, nofollow' } : {}),
    },
    body: textOf(documentOf(visit, page)),
  };
}

/** After something was done: back to a page that can be read again without doing it again (RFC 9110, section 15.4.4). */
export function seeOther(location: string): Answer {
  return { status: 303, headers: { location, 'cache-control': 'no-store' } };
}

function documentOf(visit: Visit, { title, body, here, script }: Page): Html {
  const { words, house, language } = visit;
  return shell({
    language,
    title: `${title} · ${house.name}`,
    script,
    header: html`<header class="top">
      <a class="skip" href="#content">${words.skip}</a>
      <div class="bar">
        <a class="house" href="${visit.address('menu')}">${signHtml(house, visit.slug)}</a>
        <nav class="pages" aria-label="${house.name}">
          ${navLink(visit, { page: 'menu', name: words.nav.menu, here })}
          ${navLink(visit, { page: 'book', name: words.nav.book, here })}
        </nav>
      </div>
    </header>`,
    body,
    footer: html`<footer class="foot">
      ${addressLines(visit)}
      <nav aria-label="${words.language}">
        <ul class="languages">
          ${visit.inLanguages.map(
            (each) =>
              html`<li>
                <a
                  href="${each.address}"
                  hreflang="${each.language}"
                  lang="${each.language}"
                  rel="nofollow"
                  ${each.language === language ? html` aria-current="true"` : null}
                  >${WORDS[each.language].languageName}</a
                >
              </li>`,
          )}
        </ul>
      </nav>
      <p><a href="${visit.address('me')}">${words.nav.me}</a></p>
      <p class="quiet">${words.poweredBy}</p>
    </footer>`,
  });
}

function navLink(
  visit: Visit,
  link: {
    readonly page: 'menu' | 'book';
    readonly name: string;
    readonly here: string | undefined;
  },
): Html {
  const current = link.here === link.page ? html` aria-current="page"` : null;
  return html`<a href="${visit.address(link.page)}" ${current}>${link.name}</a>`;
}

function addressLines({ house: { location } }: Visit): Html | null {
  const { address, name } = location;
  if (address === null) return html`<p class="address"><bdi>${name}</bdi></p>`;
  const town = [address.postalCode, address.city].filter(Boolean).join(' ');
  const lines = [name, ...address.lines, town];
  return html`<address>${lines.map((line) => html`<bdi>${line}</bdi><br />`)}</address>`;
}

export interface Shell {
  readonly language: Language;
  readonly title: string;
  readonly script?: string | undefined;
  readonly header: Html | null;
  readonly body: Html;
  readonly footer: Html | null;
}

export function shell({ language, title, script, header, body, footer }: Shell): Html {
  const source = script === undefined ? null : assetAddress(script);
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="stylesheet" href="${assetAddress('page.css')}" />
        <link rel="icon" type="image/svg+xml" href="${assetAddress('logo.svg')}" />
        ${source !== null && html`<script type="module" src="${source}"></script>`}
      </head>
      <body>
        ${header}
        <main id="content" tabindex="-1">${body}</main>
        ${footer}
      </body>
    </html> `;
}

/** A page without a house: for failures where none is known. */
export function bareAnswer(of: {
  readonly language: Language;
  readonly status: number;
  readonly title: string;
  readonly body: Html;
  readonly headers: Readonly<Record<string, string>>;
}): Answer {
  const { language, status, title, body, headers } = of;
  return {
    status,
    contentType: HTML,
    headers: {
      ...headers,
      'content-security-policy': policyOf(undefined),
      'cache-control': 'no-store',
      'content-language': language,
      'x-robots-tag': 'noindex',
    },
    body: textOf(shell({ language, title, header: null, body, footer: null })),
  };
}
