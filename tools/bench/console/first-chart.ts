/** From nothing to a chart that moves: the console built anew, a first start with the demo, a person signing in. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { buildInto } from '../../../console/build.ts';
import type { Scope } from '../scope.ts';
import { startServer, type BenchServer } from '../server.ts';
import { openSignedIn } from './browsing.ts';

/** Twice the budget and a busy machine: a bench that gives up tells nothing. */
const TIMEOUT_MS = 300_000;
const LOOK_MS = 100;
/** What the charts of Today say in words; it changes whenever they do. */
const SAID = 'figure figcaption';

export interface FirstChart {
  readonly server: BenchServer;
  readonly buildSeconds: number;
  readonly firstChartSeconds: number;
}

/** Without `npm ci`, whose time is that of the network or of the cache. */
export async function firstChart(scope: Scope, browser: Browser): Promise<FirstChart> {
  const folder = join(await scope.folder(), 'console');
  const startMs = performance.now();
  await buildInto(folder);
  const builtMs = performance.now();
  await rm(folder, { recursive: true, force: true });
  const server = await startServer(scope, { environment: { COMPTOIR_DEMO: 'on' } });
  const { page, context } = await openSignedIn(browser, server.url);
  await page.goto('/today');
  await page.locator('canvas').first().waitFor({ timeout: TIMEOUT_MS });
  const said = page.locator(SAID);
  const first = await said.allTextContents();
  const deadline = startMs + TIMEOUT_MS;
  while ((await said.allTextContents()).join() === first.join()) {
    if (performance.now() > deadline) throw new Error('the charts of Today do not move');
    await delay(LOOK_MS);
  }
  const endMs = performance.now();
  await context.close();
  return {
    server,
    buildSeconds: (builtMs - startMs) / 1_000,
    firstChartSeconds: (endMs - startMs) / 1_000,
  };
}
