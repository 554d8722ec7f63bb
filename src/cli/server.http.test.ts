/** The command line against the real HTTP server: what the small server of the other tests takes on trust. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smokeChecks } from '../../tools/smoke/checks.ts';
import { createAuthenticator } from '../access/authenticator.ts';
import { databaseKeyLookup } from '../access/key-lookup.ts';
import { systemClock } from '../core/clock.ts';
import { noMetrics } from '../core/metrics.ts';
import type { RawRoute } from '../http/dependencies.ts';
import { LOOKUP_TIMEOUT_MS } from '../../test/support/database.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture } from '../http/fixture.ts';
import { createIngestRoute, type IngestRoute } from '../http/ingest-route.ts';
import { createAdmission } from '../ingest/admission.ts';
import { createIngest } from '../ingest/ingest.ts';
import { EXIT } from './command.ts';
import { textMember } from './json.ts';
import { runLine, type RunOptions } from './testing/run-line.ts';

let http: HttpFixture;
let route: IngestRoute | undefined;
let folder: string;

beforeAll(async () => {
  const posts: RawRoute = (request, response) => route?.(request, response) ?? false;
  http = await httpFixture({ rawRoutes: [posts] });
  const { log, database, schemas, deadLetters } = http;
  route = createIngestRoute({
    ingest: createIngest({ log, schemas, deadLetters, metrics: noMetrics }),
    authenticator: createAuthenticator({
      lookup: databaseKeyLookup(database),
      clock: systemClock,
      lookupTimeoutMs: LOOKUP_TIMEOUT_MS,
    }),
    admission: createAdmission(noMetrics),
  });
  folder = mkdtempSync(join(tmpdir(), 'comptoir-cli-'));
});
afterAll(async () => {
  route?.close();
  rmSync(folder, { recursive: true });
  await http.close();
});

const run = (line: readonly string[], options: RunOptions = {}, key = ADMIN_KEY) =>
  runLine(line, { ...options, environment: { COMPTOIR_URL: http.url, COMPTOIR_API_KEY: key } });

test('a table is created, then duplicates, and listed with its digits', async () => {
  const key = await http.tenant('table');
  const path = join(folder, 'orders.tsv');
  const rows = Array.from({ length: 1300 }, (_, at) => `${at % 400}\t${at}.50`);
  writeFileSync(path, `order_id\tprice\n${rows.join('\n')}\n`);
  const line = [
    'ingest',
    path,
    '--type',
    'com.example.line',
    '--source',
    '/import',
    '--id',
    'l-{row}',
    '--subject',
    'order/{order_id}',
    '--number',
    'price',
  ];
  expect((await run(line, {}, key)).stdout).toBe('1300 created, 0 duplicates, 0 rejected\n');
  expect((await run(line, {}, key)).stdout).toBe('0 created, 1300 duplicates, 0 rejected\n');
  const listed = await run(['events', '--subject', 'order/7', '--json'], {}, key);
  expect(listed.stdout.trim().split('\n')).toHaveLength(4);
  expect(listed.stdout).toContain('"price":7.50');
  const all = await run(['events', '--all', '--json'], {}, key);
  expect(all.stdout.trim().split('\n')).toHaveLength(1300);
});

test('rejected events are told with their line and the rest is stored', async () => {
  const key = await http.tenant('mixed');
  const lines = [
    { specversion: '1.0', id: '1', source: '/s', type: 'a.b' },
    { specversion: '1.0', id: '2', source: '/s', type: 'comptoir.fake' },
    { specversion: '1.0', id: '3', source: '/s', type: 'a.b' },
    { specversion: '1.0', id: '1', source: '/s', type: 'a.other' },
  ];
  const ran = await run(
    ['ingest', '-'],
    { stdin: lines.map((each) => JSON.stringify(each)).join('\n') },
    key,
  );
  expect(ran.exit).toBe(EXIT.partlyRejected);
  expect(ran.stdout).toBe('2 created, 0 duplicates, 2 rejected\n');
  expect(ran.stderr).toMatch(/line 2: .*RESERVED_TYPE/);
  expect(ran.stderr).toMatch(/line 4: .*EVENT_CONFLICT/);
});

test('a tail from a cursor shows what follows it', async () => {
  const key = await http.tenant('tail');
  const event = (id: number): string =>
    `{"specversion":"1.0","id":"${id}","source":"/s","type":"a.b"}\n`;
  await run(['ingest', '-'], { stdin: event(1) }, key);
  const first = await fetch(`${http.url}/v1/events`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const next = textMember(await first.json(), 'next') ?? '';
  await run(['ingest', '-'], { stdin: event(2) + event(3) }, key);
  const ran = await run(['tail', '--after', next, '-n', '2', '--json'], {}, key);
  expect(ran.exit).toBe(EXIT.ok);
  expect(
    ran.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id),
  ).toEqual(['2', '3']);
});

test('a key is created, works, is listed and revoked', async () => {
  const created = await run([
    'keys',
    'create',
    '--name',
    'reader',
    '--scope',
    'events:read',
    '--json',
  ]);
  const { id, key } = JSON.parse(created.stdout);
  expect((await run(['events'], {}, key)).exit).toBe(EXIT.ok);
  expect((await run(['ingest', '-'], { stdin: '{"id":"1"}' }, key)).stderr).toContain('FORBIDDEN');
  expect((await run(['keys', 'list'])).stdout).toContain(`${id}  reader  events:read  active`);
  expect((await run(['keys', 'revoke', id])).exit).toBe(EXIT.ok);
  expect((await run(['keys', 'list'])).stdout).toMatch(new RegExp(`${id} .*revoked`));
});

test('doctor finds nothing to mend and the quality report is shown', async () => {
  const { checks } = JSON.parse((await run(['doctor', '--json'])).stdout);
  const bad = checks.filter((check: { result: string }) => check.result === 'fail');
  expect(bad).toEqual([]);
  expect((await run(['doctor', '--quality'])).exit).toBe(EXIT.ok);
});

test('a simulation with duplicates and malformed events is counted by its kinds', async () => {
  const key = await http.tenant('simulated');
  const line = ['simulate', '--rate', '2000', '--seconds', '0.5', '--seed', '5', '--json'];
  const ran = await run([...line, '--duplicates', '0.1', '--malformed', '0.1'], {}, key);
  const { created, duplicates, rejected, failed, unsent } = JSON.parse(ran.stdout);
  expect({ sum: created + duplicates + rejected, failed, unsent }).toEqual({
    sum: 1000,
    failed: 0,
    unsent: 0,
  });
  expect(duplicates).toBeGreaterThan(50);
  expect(rejected).toBeGreaterThan(50);
});

test('the smoke test passes on a good server and fails without a key', async () => {
  const apiKey = await http.tenant('smoke');
  for (const { name, check } of smokeChecks({ url: http.url, apiKey }))
    expect(await check(), name).toBeTypeOf('string');
  const failed: string[] = [];
  for (const { name, check } of smokeChecks({ url: http.url, apiKey: undefined }))
    await check().catch(() => failed.push(name));
  expect(failed).toEqual(['tail', 'duplicate', 'conflict', 'batch', 'read']);
});
