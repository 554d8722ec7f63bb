/**
 * `node tools/screenshots/main.ts [folder]`: pictures of the main screens, with the data of a fresh demo, for README and
 * docs: webp, some tens of kilobytes each. Widths and looks beyond those of the docs: --all.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { buildConsole } from '../../console/build.ts';
import { DEMO_OWNER_EMAIL, DEMO_PASSWORD } from '../../src/demo/people.ts';
import { DEMO_TENANT } from '../../src/demo/seed-demo.ts';
import { settled } from '../../test/support/browser-sweep.ts';
import { openBrowser } from '../../test/support/browser.ts';
import { startServer } from '../../test/support/server-process.ts';
import { until } from '../../test/support/until.ts';
import { SCENES, type Scene } from './scenes.ts';

const IMAGES = fileURLToPath(new URL('../../docs/images', import.meta.url));
const QUALITY = 82;
/** A picture that is larger has too much in it for a page of documentation. */
const BYTES_MAX = 150_000;
const HEIGHT_PX = 800;
const FILL_MS = 300_000;
const ORDERS_MIN = 1_000;
const OPEN_MIN = 4;
const TICKETS_MIN = 4;
const LOCATION = 'le-comptoir';

const EVERY = [320, 768, 1280].flatMap((width) => [false, true].map((dark) => ({ width, dark })));

const all = process.argv.includes('--all');
const folder = process.argv.slice(2).find((each) => !each.startsWith('--')) ?? IMAGES;
await mkdir(folder, { recursive: true });
await buildConsole();
const server = await startServer({ env: { COMPTOIR_DEMO: 'on' } });
const browser = await openBrowser();
try {
  await untilFilled();
  for (const scene of SCENES)
    for (const { width, dark } of all ? EVERY : [scene])
      await take(browser, { ...scene, width, dark });
} finally {
  await browser.close();
  await server.dispose();
}

async function take(from: Browser, scene: Scene): Promise<void> {
  const { name, width, dark } = scene;
  const context = await from.newContext({
    baseURL: server.url,
    viewport: { width, height: HEIGHT_PX },
    colorScheme: dark ? 'dark' : 'light',
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const data = { tenant: DEMO_TENANT, email: DEMO_OWNER_EMAIL, password: DEMO_PASSWORD };
  await context.request.post('/v1/session', { headers: { origin: server.url }, data });
  const page = await context.newPage();
  await page.goto(typeof scene.path === 'string' ? scene.path : await scene.path(context));
  await settled(page);
  await scene.before?.(page);
  await settled(page);
  const file = `${name}${all ? `-${width}-${dark ? 'dark' : 'light'}` : ''}.webp`;
  const picture = await webp(page);
  if (picture.length > BYTES_MAX && !all)
    throw new Error(`${file} has ${picture.length} bytes; show less of it`);
  await writeFile(join(folder, file), picture);
  process.stderr.write(`${file}: ${Math.round(picture.length / 1_000)} kB\n`);
  await context.close();
}

/** Playwright itself writes png and jpeg only. */
async function webp(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
  });
  return Buffer.from(data, 'base64');
}

/** Until the demo has its three months, and its evening a few tables that wait for the kitchen. */
async function untilFilled(): Promise<void> {
  const key = /Its API key, shown this once: (ck_\S+)/.exec(server.logs())?.[1] ?? '';
  const count = async (path: string, field: 'items' | 'tickets'): Promise<number> => {
    const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${key}` } });
    // safe because both lists have this shape
    const body = (await answer.json()) as Readonly<Record<string, readonly unknown[] | undefined>>;
    return body[field]?.length ?? 0;
  };
  await until(
    'the demo to be filled, and its evening to have begun',
    async () =>
      (await count('/v1/orders?limit=1000', 'items')) >= ORDERS_MIN &&
      (await count('/v1/orders?status=open', 'items')) >= OPEN_MIN &&
      (await count(`/v1/orders/kitchen/board?locationId=${LOCATION}`, 'tickets')) >= TICKETS_MIN,
    { timeoutMs: FILL_MS, intervalMs: 1_000 },
  );
}
