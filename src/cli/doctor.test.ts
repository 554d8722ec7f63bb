import { expect, test } from 'vitest';
import { serverChecks } from './doctor.ts';
import { Unreachable, type HttpClient } from './http-client.ts';

/** A server that lives and is ready, and gives these answers; null stands for none in time. */
function serverWith(
  answers: Readonly<Record<string, readonly [number, unknown] | null>>,
  nowMs: () => number = () => 0,
) {
  const all = { '/health/live': [200, {}], '/health/ready': [200, {}], ...answers } as const;
  const client: Pick<HttpClient, 'once'> = {
    async once({ path }) {
      const found = Object.entries(all).find(([name]) => path.startsWith(name));
      const answer = found === undefined ? ([404, {}] as const) : found[1];
      if (answer === null) throw new Unreachable('http://x does not answer (no answer in time).');
      const [status, body] = answer;
      return { status, headers: { date: new Date(0).toUTCString() }, text: JSON.stringify(body) };
    },
  };
  return serverChecks({ client, patient: client }, nowMs);
}

const failed = async (checks: ReturnType<typeof serverWith>) =>
  (await checks).filter(({ result }) => result === 'fail').map(({ name, fix }) => [name, fix]);

test('a question without an answer in time fails by itself, and the others are asked', async () => {
  const checks = serverWith({
    '/v1/projections/check': null,
    '/v1/policies': [200, { items: [{ name: 'p', suspended: true, parked: 0 }] }],
  });
  expect((await failed(checks)).map(([name]) => name?.trim())).toEqual(['key', 'projections', 'p']);
});

test('a server that fails to answer is not said to want another key', async () => {
  const broken = serverWith({ '/v1/events': [500, { code: 'INTERNAL', detail: 'Broke.' }] });
  expect(await failed(broken)).toEqual([['key', 'See the log of the server.']]);
  const unknown = serverWith({ '/v1/events': [401, { code: 'UNAUTHENTICATED', detail: 'Who?' }] });
  expect((await failed(unknown))[0]?.[1]).toContain('COMPTOIR_API_KEY');
});

test('a webhook whose receiver fails or was given up is told with what to do, and a healthy one in a line', async () => {
  const webhook = {
    id: 'w',
    url: 'https://example.com/in',
    status: 'enabled',
    disabledReason: null,
    failingSince: null,
    suspended: false,
  };
  const told = async (change: object) =>
    (await serverWith({ '/v1/webhooks': [200, { items: [{ ...webhook, ...change }] }] }))
      .filter(({ name }) => name.trim().startsWith('webhook'))
      .map(({ result, found }) => [result, found]);
  const url = webhook.url;
  expect(await told({})).toEqual([['ok', '1, none is failing']]);
  expect(await told({ failingSince: '2026-11-21T10:00:00.000Z' })).toEqual([
    ['warn', `${url} has failed since 2026-11-21T10:00:00.000Z`],
  ]);
  expect(await told({ status: 'disabled', disabledReason: 'gone' })).toEqual([
    ['warn', `${url} was disabled, because it answered 410`],
  ]);
  expect(await told({ status: 'disabled', disabledReason: 'asked' })).toEqual([
    ['ok', '1, none is failing'],
  ]);
  expect(await told({ suspended: true })).toEqual([
    ['fail', `no event was handed over to ${url} for seven days`],
  ]);
});

test('a server that takes long to answer has no other clock for it', async () => {
  const clockOf = async (times: readonly number[]) => {
    const left = [...times];
    const checks = await serverWith({}, () => left.shift() ?? 60_000);
    return checks.find(({ name }) => name === 'clock')?.result;
  };
  expect(await clockOf([0, 0])).toBe('ok');
  expect(await clockOf([-9_000, 9_000])).toBe('ok');
  expect(await clockOf([9_000, 9_000])).toBe('warn');
  expect(await clockOf([-9_000, -9_000])).toBe('warn');
});
