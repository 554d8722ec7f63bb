/** A browser that looks at the demo of the server under test. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DEMO_OWNER_EMAIL, DEMO_PASSWORD } from '../../../src/demo/people.ts';
import { DEMO_TENANT } from '../../../src/demo/seed-demo.ts';
import { watch, type Watched } from '../../../test/support/browser-checks.ts';

export interface Look {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watched: Watched;
}

/** A busy machine makes figures worse; it must not end the bench before its last line. */
const PATIENCE_MS = 120_000;

/** A browser of its own, with nothing in its cache. */
export async function openLook(browser: Browser, url: string): Promise<Look> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  return { context, page, watched: watch(page, url) };
}

/** The same, signed in as the owner of the demo. */
export async function openSignedIn(browser: Browser, url: string): Promise<Look> {
  const look = await openLook(browser, url);
  const data = { tenant: DEMO_TENANT, email: DEMO_OWNER_EMAIL, password: DEMO_PASSWORD };
  const answer = await look.context.request.post('/v1/session', { headers: { origin: url }, data });
  if (!answer.ok())
    throw new Error(`signing in answered ${answer.status()}: ${await answer.text()}`);
  return look;
}
