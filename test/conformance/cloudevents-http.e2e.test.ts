/**
 * Every HTTP scenario of the CloudEvents project's own conformance suite (cloudevents/conformance, Apache-2.0) against
 * the running server: the request goes over a socket as the scenario gives it, the event is read back and compared.
 * Three things differ from the text: the path, the credential and the Content-Length, which in the scenarios does not
 * match their body.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonObject, objectsIn } from '../../tools/chaos/http-client.ts';
import { getJson, postJson } from '../../tools/chaos/read-server.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { type Example, readFeature, type Step } from './gherkin.ts';
import { exchange, type RawAnswer } from './raw-http.ts';

const START_TIMEOUT_MS = 120_000;
const examples = readFeature(
  readFileSync(new URL('cloudevents/http-protocol-binding.feature', import.meta.url), 'utf8'),
);

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer();
}, START_TIMEOUT_MS);
afterAll(() => server?.dispose());

/** What the steps of one example share. */
interface World {
  readonly tenant: string;
  request: string;
  apiKey: string;
  answer: RawAnswer | null;
  event: Record<string, unknown>;
  checks: number;
}

type StepCode = (world: World, step: Step) => Promise<void> | void;

const STEPS: Readonly<Record<string, StepCode>> = {
  'HTTP Protocol Binding is supported': async (world) => {
    const admin = { url: server.url, apiKey: server.apiKey };
    const made = await postJson(admin, '/v1/tenants', { id: world.tenant });
    world.apiKey = String(made['apiKey']);
  },
  'an HTTP request': (world, step) => {
    world.request = step.docString ?? '';
  },
  'parsed as HTTP request': async (world) => {
    world.answer = await exchange(server.port, bytesOf(world));
    expect(world.answer.status, world.answer.body).toBe(201);
    const listing = await getJson({ url: server.url, apiKey: world.apiKey }, '/v1/events');
    const events = objectsIn(listing, 'events');
    expect(events).toHaveLength(1);
    world.event = events[0]!;
  },
  'the attributes are:': (world, step) => {
    const [, ...rows] = step.table;
    const expected = Object.fromEntries(rows.map(([key = '', value = '']) => [key, value]));
    const { data: _, recordedtime, position, bucket, ...attributes } = world.event;
    expect(attributes).toEqual(expected);
    expect([typeof recordedtime, typeof position, typeof bucket]).toEqual([
      'string',
      'string',
      'number',
    ]);
    world.checks += 1;
  },
  'the data is equal to the following JSON:': (world, step) => {
    expect(world.event['data']).toEqual(jsonObject(step.docString ?? ''));
    world.checks += 1;
  },
};

/** The request as given, with line ends as HTTP has them in the head only. */
function bytesOf({ request, apiKey }: World): Buffer {
  const split = request.indexOf('\n\n');
  const [, ...headers] = request.slice(0, split).split('\n');
  const body = Buffer.from(request.slice(split + 2));
  const head = [
    'POST /v1/events HTTP/1.1',
    ...headers.filter((line) => !/^content-length:/i.test(line)),
    `Authorization: Bearer ${apiKey}`,
    `Content-Length: ${body.length}`,
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

async function run(example: Example, tenant: string): Promise<World> {
  const world: World = { tenant, request: '', apiKey: '', answer: null, event: {}, checks: 0 };
  for (const step of example.steps) {
    const code = STEPS[step.text];
    if (code === undefined) throw new Error(`no code for the step "${step.text}"`);
    await code(world, step);
  }
  return world;
}

describe('the CloudEvents HTTP protocol binding', () => {
  it('has the four examples of the conformance suite to run', () => {
    expect(examples).toHaveLength(4);
  });

  for (const [index, example] of examples.entries())
    it(example.name, async () => {
      const world = await run(example, `conformance-${index}`);
      expect(world.checks).toBe(2);
    });

  it('fails on a step that it does not know', async () => {
    const [first] = examples;
    const strange = { text: 'the moon is full', docString: null, table: [] };
    await expect(
      run({ name: 'strange', steps: [...first!.steps.slice(1, 2), strange] }, 'x'),
    ).rejects.toThrow('the moon is full');
  });
});
