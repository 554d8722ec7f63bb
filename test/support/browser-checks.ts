/** What every page is held to, whoever made it: axe, the policy of the page, what it asks for, and how wide it is. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2, levels A and AA, as axe names them. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export const WIDTHS = [320, 768, 1280] as const;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds, as lines of rule and element. It runs beside the page's own scripts, whose policy holds on. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run(document, { runOnly: ${JSON.stringify(TAGS)}, resultTypes: ['violations'] })
       .then((result) => result.violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} ${failureSummary}`),
  );
}

export interface Watched {
  /** Errors of the console and of scripts, without what the policy forbade. */
  readonly errors: string[];
  /** What the page's policy forbade. */
  readonly forbidden: string[];
  /** Addresses elsewhere that were asked for. */
  readonly foreign: string[];
}

/** Every answer that is not found, refused or away is logged by the browser itself, and is no fault of the page. */
const ANSWER_LOGGED =
  /^Failed to load resource: (?:the server responded|net::ERR_(?:CONNECTION|EMPTY|INTERNET))/;

/** Notes what goes wrong in a page from now on. */
export function watch(page: Page, url: string): Watched {
  const watched: Watched = { errors: [], forbidden: [], foreign: [] };
  const { origin } = new URL(url);
  page.on('console', (message) => {
    if (message.type() !== 'error' || ANSWER_LOGGED.test(message.text())) return;
    const isPolicy = message.text().includes('Content Security Policy');
    watched[isPolicy ? 'forbidden' : 'errors'].push(message.text());
  });
  page.on('pageerror', (error) => void watched.errors.push(String(error)));
  page.on('request', (request) => {
    const asked = new URL(request.url());
    const isOwn =
      asked.origin === origin || asked.protocol === 'blob:' || asked.protocol === 'data:';
    if (!isOwn) watched.foreign.push(request.url());
  });
  return watched;
}

/** Pixels by which the page is wider than its window. */
export function tooWide(page: Page): Promise<number> {
  return page.evaluate<number>(
    'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
  );
}
