/**
 * Every route of every module with an id in its address, generated from /openapi.json: what another house has answers as
 * what nobody has, with the same status, body and headers, whatever the route does. What the other house has are the golden
 * streams, one of each category, so a new aggregate is asked for here as soon as it has one.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../test/support/until.ts';
import { httpFixture, type HttpFixture, type JsonAnswer } from './fixture.ts';
import {
  categories,
  entriesOf,
  NOBODYS,
  theirEvents,
  THEIRS,
  type Entry,
} from './foreign-ids.fixture.ts';

let http: HttpFixture;
let entries: readonly Entry[];
/** Key of a house that has everything, and of one that has nothing. */
let rich = '';
let poor = '';
/** How many events each stream of the rich house has. */
const planted = new Map<string, number>();

beforeAll(async () => {
  http = await httpFixture();
  rich = await http.tenant('rich');
  poor = await http.tenant('poor');
  for (const category of categories) await plant(category);
  entries = entriesOf((await http.json('/openapi.json', { key: null })).body.paths);
});
afterAll(() => http.close());

async function plant(category: string): Promise<void> {
  const events = theirEvents(category);
  const stream = { stream: `${category}/${THEIRS}`, expectedVersion: 0n, events };
  const { status } = await http.log.appendDecided({ tenant: 'rich', streams: [stream] });
  expect([category, status]).toEqual([category, 'appended']);
  planted.set(category, events.length);
}

const ask = ({ method, path, body }: Entry, id: string, key: string): Promise<JsonAnswer> =>
  http.json(path.replaceAll('{id}', encodeURIComponent(id)), {
    method,
    key,
    ...(body === undefined ? {} : { body }),
  });

/** All but what differs between any two answers, with the id that was asked for taken out. */
function shown({ status, headers, body }: JsonAnswer, id: string): string {
  const { traceId: _traceId, receiptId: _receipt, requestedAt: _at, ...rest } = body ?? {};
  const varies = new Set(['date', 'ratelimit', 'content-length', 'location']);
  const kept = [...headers].filter(([name]) => !varies.has(name));
  return JSON.stringify({ status, kept, rest }).replaceAll(id, 'ID');
}

describe('every route with an id', () => {
  it('is asked for what is there: the house that has it finds it', async () => {
    await until('the lists know it', async () => {
      const { body } = await http.json('/v1/customers', { key: rich });
      return body.items?.length > 0;
    });
    for (const category of categories) {
      const { status, body } = await http.json(`/v1/streams/${category}/${THEIRS}`, { key: rich });
      expect([category, status, body.events?.length > 0]).toEqual([category, 200, true]);
    }
    const reads = entries.filter(({ method }) => method === 'GET');
    const found = await Promise.all(reads.map((entry) => ask(entry, THEIRS, rich)));
    // All of the pipeline and of the lists, and most of what modules add.
    expect(found.filter(({ status }) => status === 200).length).toBeGreaterThan(reads.length / 2);
  });

  it('answers for what another house has as for what nobody has', async () => {
    expect(entries.length).toBeGreaterThan(300);
    for (const entry of entries) {
      const one = await ask(entry, THEIRS, poor);
      const other = await ask(entry, NOBODYS, poor);
      expect([entry.name, shown(one, THEIRS)]).toEqual([entry.name, shown(other, NOBODYS)]);
    }
  });

  it('leaves what the other house has as it was', async () => {
    for (const category of categories) {
      const path = `/v1/streams/${category}/${THEIRS}`;
      expect([category, (await http.json(path, { key: rich })).body.events.length]).toEqual([
        category,
        planted.get(category),
      ]);
    }
  });
});
