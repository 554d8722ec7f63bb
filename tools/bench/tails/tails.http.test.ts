/** The reading process against a stand-in for the server that does right or one thing wrong. */
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf, identityOf, subjectOf } from '../corpus/patch.ts';
import { startTails } from './client.ts';
import type { TailsClient } from './client.ts';
import { assertDelivered } from './expectation.ts';

const TAILS = 4;
const COUNT = 20;
const FIRST = 8;
const identity = identityOf(1, 'v4', TAILS);

let server: Server;
let client: TailsClient;
/** What the stand-in makes of the events in order, by their numbers. */
let sending: (numbers: number[]) => number[];

function serve(subject: string | null, response: ServerResponse): void {
  response.useChunkedEncodingByDefault = false;
  response.writeHead(200, { 'content-type': 'text/event-stream', connection: 'close' });
  response.write(': alive\n\n');
  const numbers = Array.from({ length: COUNT }, (_, index) => FIRST + index);
  for (const number of sending(numbers)) {
    if (subject !== null && subject !== `order/${subjectOf(identity, number)}`) continue;
    const position = String(number).padStart(20, '0');
    const event = JSON.stringify({ id: idOf(identity, number), position });
    response.write(`id: ${number}\ndata: ${event}\n\n`);
  }
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://localhost');
    serve(searchParams.get('subject'), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = startTails();
});

afterAll(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function read(what: (numbers: number[]) => number[]): Promise<void> {
  sending = what;
  const { port } = server.address() as { port: number };
  const queries = Array.from(
    { length: TAILS },
    (_, index) => `subject=${encodeURIComponent(`order/${subjectOf(identity, index)}`)}`,
  );
  await client.open({ host: '127.0.0.1', port, apiKey: 'k', queries });
  await client.received(what([...Array(COUNT).keys()].map((index) => FIRST + index)).length);
  const tallies = await client.finish();
  assertDelivered(tallies, { identity, first: FIRST, count: COUNT, tails: TAILS });
}

test('tails that received exactly their events pass', async () => {
  await expect(read((numbers) => numbers)).resolves.toBeUndefined();
});

test.each([
  ['an event was lost', (numbers: number[]) => numbers.filter((number) => number !== 13)],
  [
    'an event came twice',
    (numbers: number[]) => numbers.flatMap((number) => (number === 13 ? [13, 13] : [number])),
  ],
  [
    'events came out of order',
    (numbers: number[]) => [...numbers.slice(0, 8), ...numbers.slice(8).toReversed()],
  ],
  [
    'another event came instead',
    (numbers: number[]) => [...numbers.filter((number) => number !== 13), 13 + TAILS * 10],
  ],
])('tails do not pass when %s', async (_, wrong) => {
  await expect(read(wrong)).rejects.toThrow('tails were not served');
});
