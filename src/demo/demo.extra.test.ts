/** The demo filled as `npm start` fills it, everything included: half a minute on a quiet machine. */
import { afterAll, expect, test } from 'vitest';
import { startServer, type ServerProcess } from '../../test/support/server-process.ts';
import { until } from '../../test/support/until.ts';
import { DRAWINGS } from './pictures/drawings.ts';

const TIMEOUT_MS = 240_000;
const FILLED = { timeoutMs: 150_000, intervalMs: 500 };

let server: ServerProcess;

afterAll(() => server.dispose());

test(
  'a demo is filled through the doors of the server, and its evening begins',
  async () => {
    server = await startServer({ env: { COMPTOIR_DEMO: 'on' } });
    const key = /Its API key, shown this once: (ck_\S+)/.exec(server.logs())?.[1] ?? '';
    const headers = { authorization: `Bearer ${key}` };
    const get = async (path: string) =>
      // safe because the paths below answer with these shapes
      (await (await fetch(`${server.url}${path}`, { headers })).json()) as {
        items: Record<string, unknown>[];
        albums: { images: object[] }[];
      };
    await until(
      'the album of the demo',
      async () => (await get('/public/demo/gallery')).albums.length === 1,
      FILLED,
    );
    expect((await get('/public/demo/gallery')).albums[0]?.images).toHaveLength(DRAWINGS.length);
    const verdicts = async () => (await get('/v1/documents')).items.map(({ verdict }) => verdict);
    await until('verdicts', async () => (await verdicts()).every((each) => each !== null), FILLED);
    expect(new Set(await verdicts())).toEqual(new Set(['clean', 'disarmed', 'refused']));
    expect((await get('/v1/events/rejected')).items).toHaveLength(2);
    expect((await get('/v1/leads')).items.length).toBeGreaterThan(10);
    expect((await get('/v1/invoices')).items).toHaveLength(3);
    expect((await get('/v1/webhooks')).items).toHaveLength(1);
    const begun = async () =>
      (await get('/v1/orders?limit=20')).items.some(({ id }) => String(id).startsWith('evening-'));
    await until('the first order of the evening', begun, FILLED);
  },
  TIMEOUT_MS,
);
