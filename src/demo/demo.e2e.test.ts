/** The demo of a server as `npm start` makes it: once on loopback, then the same data where others can reach it. */
import { afterAll, expect, test } from 'vitest';
import { startServer, type ServerProcess } from '../../test/support/server-process.ts';
import { DEMO_PASSWORD } from './people.ts';

const TIMEOUT_MS = 180_000;

let server: ServerProcess;

afterAll(() => server.dispose());

async function signIn(): Promise<{ readonly status: number; readonly cookie: string }> {
  const answer = await fetch(`${server.url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ tenant: 'demo', email: 'demo@localhost', password: DEMO_PASSWORD }),
  });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { status: answer.status, cookie: cookie.join('; ') };
}

test(
  'a demo says how to sign in, and loses its known passwords when it is opened to others',
  async () => {
    server = await startServer({ env: { COMPTOIR_DEMO: 'on' } });
    expect(server.logs()).toContain(`demo@localhost with the password "${DEMO_PASSWORD}"`);
    const { cookie } = await signIn();
    const demo = await fetch(`${server.url}/v1/demo`, { headers: { cookie } });
    expect(await demo.json()).toMatchObject({ demo: true, breakIt: true, guests: 'playing' });

    await server.restart({ COMPTOIR_DEMO: 'on', COMPTOIR_HTTP_HOST: '0.0.0.0' });
    expect((await signIn()).status).toBe(401);
    expect((await fetch(`${server.url}/v1/demo`, { headers: { cookie } })).status).toBe(401);
    expect(server.logs()).toMatch(/with this link, shown once: http:\S+\/link#cl_/);
    const key = /Its API key, shown this once: (ck_\S+)/.exec(server.logs())?.[1] ?? '';
    const breakIt = await fetch(`${server.url}/v1/demo/break-it`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(breakIt.status).toBe(404);
  },
  TIMEOUT_MS,
);
