/**
 * One server and one chromium for all browser tests of a file, with a small business, `default`, where journeys know what
 * stands where. With COMPTOIR_DEMO on there is `demo` beside it, filled by the server itself, for screens with much on
 * them; filling takes a core for a while, and what a journey asks meanwhile may be refused, so journeys do without.
 */
import { randomUUID } from 'node:crypto';
import type { APIResponse, Browser, BrowserContext, Page } from 'playwright-core';
import { expect, onTestFailed } from 'vitest';
import { buildConsole } from '../../console/build.ts';
import { DEMO_PASSWORD } from '../../src/demo/people.ts';
import { watch, type Watched } from '../support/browser-checks.ts';
import { openBrowser } from '../support/browser.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { AWAY, fillHouse, PASSWORD, patiently, type Body, type HouseIds } from './fill-house.ts';

export const OWNER = 'owner@house.example';
const LOCALE = 'en-GB';
/** A page that is not there by then never comes; on a machine that runs other tests the slowest has taken 15 s. */
const STEP_TIMEOUT_MS = 40_000;

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly watched: Watched;
}

export interface VisitOptions {
  readonly width?: number;
  readonly dark?: boolean;
  readonly scripts?: boolean;
}

export interface House {
  readonly url: string;
  readonly server: ServerProcess;
  readonly browser: Browser;
  readonly ids: HouseIds;
  /** Asks the server with the key of `default`; throws unless the answer is good. */
  ask(path: string, body?: unknown, method?: string): Promise<Body>;
  /** A browser of its own that nobody is signed in to. */
  visit(options?: VisitOptions): Promise<Visit>;
  /** The same with somebody signed in; of `default` unless the e-mail ends in @localhost, which is the demo's. */
  signedIn(email: string, options?: VisitOptions): Promise<Visit>;
  /** Closes all visits and gives what was wrong with their pages; a picture of each lies in `pictures` when named. */
  leave(pictures?: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** `env` of the server beside what every house has, such as COMPTOIR_DEMO, which is off. */
export async function openHouse(env: Readonly<Record<string, string>> = {}): Promise<House> {
  await buildConsole();
  const starting = startServer({
    env: {
      COMPTOIR_ADMIN_EMAIL: OWNER,
      COMPTOIR_ADMIN_PASSWORD: PASSWORD,
      ...env,
    },
  });
  const server = await starting;
  try {
    return await houseOn(server, await openBrowser());
  } catch (error) {
    await server.dispose();
    throw error;
  }
}

/** A house on a server that runs; `fill` makes what journeys need. */
export async function houseOn(
  server: ServerProcess,
  browser: Browser,
  fill: typeof fillHouse = fillHouse,
): Promise<House> {
  const { url } = server;
  const ask = askAs(url, server.apiKey);
  const visits = new Set<Visit>();
  const visit = async (options?: VisitOptions): Promise<Visit> => {
    const opened = await openVisit(browser, url, options);
    visits.add(opened);
    return opened;
  };
  const sessions = new Map<string, Cookies>();
  return {
    url,
    server,
    browser,
    ids: await fill({ ask, url }),
    ask,
    visit,
    async signedIn(email, options) {
      const opened = await visit(options);
      const { context } = opened;
      await context.addCookies(sessions.get(email) ?? []);
      // A journey before may have signed out.
      if (!(await context.request.get(`${url}/v1/session`)).ok()) await signIn(context, url, email);
      sessions.set(email, await context.cookies());
      return opened;
    },
    async leave(pictures) {
      const left = [...visits];
      visits.clear();
      for (const [index, { page }] of left.entries())
        if (pictures !== undefined) await page.screenshot({ path: `${pictures}-${index}.png` });
      await Promise.all(left.map(({ context }) => context.close()));
      return left.flatMap(({ watched }) => Object.values(watched).flat());
    },
    async close() {
      await browser.close();
      await server.dispose();
    },
  };
}

function askAs(url: string, apiKey: string): House['ask'] {
  return async (path, body, method) => {
    const response = await patiently(url + path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        authorization: `Bearer ${apiKey}`,
        // What is asked again because its outcome was not known must not be done twice.
        'idempotency-key': randomUUID(),
        ...(body === undefined ? {} : { 'content-type': typeOf(body) }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    expect(response.status, `${path}: ${text}`).toBeLessThan(300);
    return text === '' ? null : JSON.parse(text);
  };
}

/** Lists are events; commands have one object. */
function typeOf(body: unknown): string {
  return Array.isArray(body) ? 'application/cloudevents-batch+json' : 'application/json';
}

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** Without the form: for journeys that are about something else. */
export async function signIn(
  { request }: BrowserContext,
  url: string,
  email: string,
): Promise<APIResponse> {
  const isDemo = email.endsWith('@localhost');
  const data = isDemo
    ? { tenant: 'demo', email, password: DEMO_PASSWORD }
    : { email, password: PASSWORD };
  const answer = await until('somebody to be let in', async () => {
    const given = await request.post(`${url}/v1/session`, { headers: { origin: url }, data });
    return given.status() === AWAY ? null : given;
  });
  expect(answer.status(), await answer.text()).toBe(200);
  return answer;
}

async function openVisit(
  browser: Browser,
  url: string,
  { width = 1280, dark = false, scripts = true }: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: 800 },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: scripts,
    locale: LOCALE,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(STEP_TIMEOUT_MS);
  const page = await context.newPage();
  tellWhenFailed(page);
  return { page, context, watched: watch(page, url) };
}

/** More than a journey needs to tell where it stood. */
const ANSWERS_TOLD = 12;

/** What a page was answered last joins what a failed test says: where that was, it cannot be looked at any more. */
function tellWhenFailed(page: Page): void {
  const answers: string[] = [];
  page.on('response', (response) => {
    const request = response.request();
    if (response.status() < 400 && request.resourceType() !== 'document') return;
    answers.push(`${response.status()} ${request.method()} ${new URL(response.url()).pathname}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? 'failed';
    answers.push(`${why} ${request.method()} ${new URL(request.url()).pathname}`);
  });
  // Pages that a whole file shares belong to no test.
  if (expect.getState().currentTestName === undefined) return;
  onTestFailed(() => {
    throw new Error(`The page was answered: ${answers.slice(-ANSWERS_TOLD).join(', ')}`);
  });
}
