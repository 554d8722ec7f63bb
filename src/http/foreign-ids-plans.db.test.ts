/**
 * What another house has is looked for in PostgreSQL as what nobody has: the same statements in the same numbers, each with
 * the same plan. A whole server over a real database, every route with an id in its address.
 */
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '../../test/support/until.ts';
import { openPostgresLog } from '../log/postgres/postgres-log.ts';
import {
  ADMIN_KEY,
  OPENED_MS_MAX,
  wholeServer,
  type WholeServer,
} from '../whole-server.fixture.ts';
import {
  categories,
  entriesOf,
  NOBODYS,
  theirEvents,
  THEIRS,
  type Entry,
} from './foreign-ids.fixture.ts';

const LOG = { dedupeWindowSeconds: 3_600, dedupeKeysMax: 1_000, maintenance: false };
/** Without a statement for this long, what follows an erasure has come to its end. */
const QUIET_MS = 1_000;
/** Statements that start with these have plans. */
const PLANNED = /^\s*(select|with|insert|update|delete)\b/i;

interface Sent {
  readonly text: string;
  readonly values: readonly unknown[];
}

let server: WholeServer;
let entries: readonly Entry[];
let rich = '';
let poor = '';
let sent: Sent[] = [];

interface Call {
  readonly key: string;
  readonly method: string;
  readonly body?: unknown;
}

async function call(at: string, { key, method, body }: Call): Promise<Response> {
  return await fetch(`${server.app.url}${at}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function tenant(id: string): Promise<string> {
  const response = await call('/v1/tenants', { key: ADMIN_KEY, method: 'POST', body: { id } });
  // safe because the route answers with the key of the new tenant
  return ((await response.json()) as { apiKey: string }).apiKey;
}

async function plantAll(): Promise<void> {
  const log = await openPostgresLog({ ...LOG, database: server.database });
  for (const category of categories) {
    const events = theirEvents(category);
    const stream = { stream: `${category}/${THEIRS}`, expectedVersion: 0n, events };
    const { status } = await log.appendDecided({ tenant: 'rich', streams: [stream] });
    expect([category, status]).toEqual([category, 'appended']);
  }
  await log.close();
}

function recordStatements(): void {
  const query = pg.Client.prototype.query;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function recorded(
    this: pg.Client,
    ...given: unknown[]
  ) {
    const [statement] = given;
    if (typeof statement === 'object' && statement !== null && 'text' in statement) {
      // safe because the driver takes statements of this shape
      const { text, values = [] } = statement as { text: string; values?: readonly unknown[] };
      sent.push({ text, values });
    }
    return Reflect.apply(query, this, given);
  });
}

beforeAll(async () => {
  server = await wholeServer();
  rich = await tenant('rich');
  poor = await tenant('poor');
  await plantAll();
  const document = await call('/openapi.json', { key: poor, method: 'GET' });
  // safe because the document has its operations there
  entries = entriesOf(((await document.json()) as { paths: object }).paths);
  await until('the lists know it', async () => {
    const answer = await call('/v1/customers', { key: rich, method: 'GET' });
    // safe because a list has its rows there
    const { items } = (await answer.json()) as { items: unknown[] };
    return items.length > 0;
  });
  // With statistics the planner knows that the one id is there and the other is not.
  await server.database.query({ text: 'analyze' });
  recordStatements();
}, OPENED_MS_MAX);
afterAll(async () => {
  vi.restoreAllMocks();
  await server.close();
});

/** An erasure is accepted first and done then. */
const goesOn = ({ method, path: at }: Pick<Entry, 'method' | 'path'>): boolean =>
  method !== 'GET' && at.startsWith('/v1/persons/');

async function quiet(id: string): Promise<void> {
  const count = (): number => sent.filter((statement) => isAbout(statement, id)).length;
  for (let before = -1; before !== count();) {
    before = count();
    await delay(QUIET_MS);
  }
}

const isAbout = ({ values }: Sent, id: string): boolean =>
  values.some((value) => String(value).includes(id));

/** What was asked of PostgreSQL with the id in it, while the route was. */
async function statementsOf({ method, path: at, body }: Entry, id: string): Promise<Sent[]> {
  sent = [];
  const asked = at.replaceAll('{id}', encodeURIComponent(id));
  const response = await call(asked, { key: poor, method, body });
  await response.arrayBuffer();
  if (goesOn({ method, path: at })) await quiet(id);
  return sent.filter((statement) => isAbout(statement, id));
}

const textsOf = (statements: readonly Sent[]): readonly string[] =>
  statements.map(({ text }) => text).sort();

async function planOf({ text, values }: Sent): Promise<string> {
  const { rows } = await server.database.query<{ 'QUERY PLAN': string }>({
    text: `explain (costs off) ${text}`,
    values,
  });
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

describe('what another house has', () => {
  it('is looked for with the statements, and by the plans, that nobody has anything by', async () => {
    const planned = new Map<string, readonly [Sent, Sent]>();
    const last = entries.filter(goesOn);
    expect(last.length).toBeGreaterThan(0);
    for (const entry of [...entries.filter((other) => !goesOn(other)), ...last]) {
      const one = await statementsOf(entry, THEIRS);
      const other = await statementsOf(entry, NOBODYS);
      expect([entry.name, textsOf(one)]).toEqual([entry.name, textsOf(other)]);
      for (const statement of one) {
        const twin = other.find(({ text }) => text === statement.text);
        if (twin !== undefined && PLANNED.test(statement.text))
          planned.set(statement.text, [statement, twin]);
      }
    }
    // Streams, lists, answers to commands: many kinds of statements, or nothing was looked at.
    expect(planned.size).toBeGreaterThan(20);
    for (const [text, [one, other]] of planned)
      expect([text, (await planOf(one)).replaceAll(THEIRS, 'ID')]).toEqual([
        text,
        (await planOf(other)).replaceAll(NOBODYS, 'ID'),
      ]);
  });
});
