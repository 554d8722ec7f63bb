/** The page about metrics and a running server tell the same. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { eventOf, postOne } from './wire.ts';

const PAGE = new URL('../../docs/reference/metrics.md', import.meta.url);
const START_TIMEOUT_MS = 120_000;
/** Series of one process: a label that grows with the business would pass this soon. */
const SERIES_MAX = 10_000;

let server: ServerProcess;
let text: string;
beforeAll(async () => {
  server = await startServer();
  await postOne(server, eventOf('metrics-1'));
  text = await (await fetch(`${server.url}/metrics`)).text();
}, START_TIMEOUT_MS);
afterAll(() => server?.dispose());

const named = (source: string, pattern: RegExp): string[] =>
  [...new Set([...source.matchAll(pattern)].map((match) => match[1] ?? ''))].sort();

it('every metric of the page is exported by a running server, and no other of ours', async () => {
  const exported = named(text, /^# TYPE (comptoir_\w+) /gm);
  const documented = named(await readFile(PAGE, 'utf8'), /`(comptoir_\w+)`/g);
  expect(exported.length).toBeGreaterThan(10);
  expect(exported).toEqual(documented);
});

it('no label names a tenant, and the series stay few', () => {
  expect(text).not.toMatch(/\{[^}]*(tenant|subject|key)="/);
  expect(
    text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
  ).toBeLessThan(SERIES_MAX);
});
