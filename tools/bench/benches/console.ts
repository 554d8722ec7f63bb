/**
 * console: what people who look feel. A chart that moves after a first start; scripts; paint; answers to touches while the
 * page changes once a second; a table of 100,000 rows; and every address of the console and of guests held to axe, the
 * policy, and nothing from elsewhere.
 */
import { loadavg } from 'node:os';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../../test/support/browser.ts';
import { openLook, openSignedIn } from '../console/browsing.ts';
import { everyAddress } from '../console/every-address.ts';
import { firstChart } from '../console/first-chart.ts';
import { scriptKilobytes } from '../console/script-sizes.ts';
import { scrollTable } from '../console/scrolling.ts';
import { interactionsMs, largestPaintMs, percentileOf } from '../console/vitals.ts';
import type { BenchResult } from '../fields.ts';
import { significant, spreadOf } from '../statistics.ts';
import type { BenchContext } from './context.ts';

const ROWS = 100_000;
const SCROLL_SECONDS = 10;
const PAINTS = 5;
const ROUNDS_OF_TOUCHES = 20;
const PUBLIC = '/public/demo';
const QUIZ = `${PUBLIC}/quiz/which-cocktail`;

export async function consoleBench({ options, scope }: BenchContext): Promise<BenchResult> {
  const loadBefore = loadavg().map((load) => significant(load));
  const browser = await openBrowser();
  scope.defer(() => browser.close());
  const { server, buildSeconds, firstChartSeconds } = await firstChart(scope, browser);
  scope.say(`a chart moved after ${firstChartSeconds.toFixed(1)} s`);
  const { url } = server;
  const jsKbGzip = await sizes(browser, url);
  const lcpMs = {
    menu: await paints(browser, url, 'menu'),
    console: await paints(browser, url, 'console'),
  };
  const touched = await touches(browser, url);
  const { page, context } = await openSignedIn(browser, url);
  const scroll = await scrollTable(page, {
    rows: ROWS,
    seconds: options.seconds ?? SCROLL_SECONDS,
  });
  await context.close();
  scope.say(JSON.stringify({ jsKbGzip, lcpMs, inpP98Ms: percentileOf(touched, 0.98), scroll }));
  scope.say('now every address');
  return {
    firstChartSeconds: significant(firstChartSeconds),
    jsKbGzip,
    lcpMs: { menu: lcpMs.menu.median, console: lcpMs.console.median },
    inpP98Ms: percentileOf(touched, 0.98),
    scroll: {
      ...scroll,
      frameP95Ms: significant(scroll.frameP95Ms),
      longestTaskMs: significant(scroll.longestTaskMs),
      longestTaskCpuMs: significant(scroll.longestTaskCpuMs),
    },
    ...(await everyAddress(browser, url, scope)),
    buildSeconds: significant(buildSeconds),
    lcpMsRange: {
      menu: [lcpMs.menu.min, lcpMs.menu.max],
      console: [lcpMs.console.min, lcpMs.console.max],
    },
    touches: touched.touches,
    loadBefore,
  };
}

async function sizes(browser: Browser, url: string): Promise<Readonly<Record<string, number>>> {
  const measured: Record<string, number> = {};
  for (const [name, path] of Object.entries({
    menu: `${PUBLIC}/menu`,
    booking: `${PUBLIC}/book`,
    quiz: QUIZ,
    console: '/today',
  })) {
    const { page, context } = await (name === 'console' ? openSignedIn : openLook)(browser, url);
    measured[name] = significant(await scriptKilobytes(page, path));
    await context.close();
  }
  return measured;
}

async function paints(browser: Browser, url: string, what: 'menu' | 'console') {
  const times: number[] = [];
  for (let turn = 0; turn < PAINTS; turn += 1) {
    const { page, context } = await (what === 'console' ? openSignedIn : openLook)(browser, url);
    times.push(await largestPaintMs(page, what === 'console' ? '/today' : `${PUBLIC}/menu`));
    await context.close();
  }
  const { median, min, max } = spreadOf(times);
  return { median: Math.round(median), min: Math.round(min), max: Math.round(max) };
}

/** On Today, whose figures, charts and timeline follow the evening of the demo once a second. */
async function touches(browser: Browser, url: string) {
  const { page, context } = await openSignedIn(browser, url);
  const measured = await interactionsMs(page, { path: '/today', rounds: ROUNDS_OF_TOUCHES });
  await context.close();
  return measured;
}
