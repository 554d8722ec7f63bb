/**
 * The requests of the client against the provider's own description of its API, which may not be shipped: the folder
 * COMPTOIR_TEST_DATA (default ../shared/data) holds it where there is one.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { TransportContent } from '../../core/message-transport.ts';
import { createWhatsAppClient, type NewTemplate, type WhatsAppClient } from './client.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const file = resolve(
  root,
  process.env['COMPTOIR_TEST_DATA'] ?? '../shared/data',
  'whatsapp/business-messaging-api_v23.0.yaml',
);
const isThere = existsSync(file);
if (!isThere) console.warn(`whatsapp: skipped, because ${file} is absent`);

const MESSAGES = '/{Version}/{Phone-Number-ID}/messages';
const TEMPLATES = '/{Version}/{WABA-ID}/message_templates';
const ACCOUNT = { phoneNumberId: '1001', wabaId: '2001', token: 'token' };

interface Described {
  readonly components: {
    readonly schemas: Record<string, { allOf?: Record<string, unknown>[] } & object>;
  };
}

/**
 * The description puts `additionalProperties: false` into one part of `allOf`, which then refuses the members of the other part
 * and with them every message but templates. What is meant is that no part knows the member.
 */
function mended(api: Described): Described {
  for (const schema of Object.values(api.components.schemas)) {
    if (schema.allOf === undefined) continue;
    for (const part of schema.allOf) delete part['additionalProperties'];
    Object.assign(schema, { unevaluatedProperties: false });
  }
  return api;
}

/**
 * Without `biz_opaque_callback_data`, which comes back in statuses of the field `messages`: providers that resell the API
 * document it for messages, this description for calls only.
 */
function described(body: unknown): object {
  const { biz_opaque_callback_data: own, ...rest } = body as Record<string, unknown>;
  expect(own).toBe('m1');
  return rest;
}

describe.skipIf(!isThere)('requests to WhatsApp', () => {
  const bodies: unknown[] = [];
  let server: Server;
  let client: WhatsAppClient;
  let ajv: Ajv2020;
  beforeAll(async () => {
    ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(mended(parse(readFileSync(file, 'utf8'))), 'api');
    server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        bodies.push(JSON.parse(text));
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ id: '1', messages: [{ id: 'wamid.1' }] }));
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    client = createWhatsAppClient({ baseUrl: `http://127.0.0.1:${port}/v23.0`, nowUs: () => 0 });
  });
  afterAll(async () => {
    await client?.close();
    server?.close();
  });

  /** What is wrong with a body by the description; nothing when it is right. */
  function faultsOf(path: string, body: unknown): unknown {
    const place = [path, 'post', 'requestBody', 'content', 'application/json', 'schema']
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const check = ajv.compile({ $ref: `api#/paths/${place}` });
    return check(body) ? [] : check.errors;
  }

  it.each<[string, TransportContent]>([
    ['a text', { kind: 'text', text: 'Hello', subject: null }],
    [
      'a template without variables',
      { kind: 'template', name: 'hello', language: 'en', header: [], parameters: [] },
    ],
    [
      'a template with variables in header and body',
      {
        kind: 'template',
        name: 'hi',
        language: 'pt-BR',
        header: ['Bar'],
        parameters: ['Ana', '9'],
      },
    ],
  ])('%s is sent as it is described', async (_name, content) => {
    const message = { messageId: 'm1', to: '+48501234567', content, unsubscribeUrl: null };
    expect(await client.send(ACCOUNT, message)).toMatchObject({ kind: 'accepted' });
    expect(faultsOf(MESSAGES, described(bodies.at(-1)))).toEqual([]);
  });

  it.each<[string, Pick<NewTemplate, 'header' | 'footer'>]>([
    ['a body', { header: null, footer: null }],
    ['header, body and footer', { header: { text: 'At {{1}}', examples: ['Bar'] }, footer: 'Bye' }],
  ])('a template of %s is submitted as it is described', async (_name, parts) => {
    const body = { text: 'Hello {{1}}', examples: ['Ana'] };
    await client.submitTemplate(ACCOUNT, {
      name: 'hello',
      language: 'en',
      category: 'UTILITY',
      body,
      ...parts,
    });
    expect(faultsOf(TEMPLATES, bodies.at(-1))).toEqual([]);
  });

  it('the description refuses what is none of its requests', () => {
    expect(faultsOf(MESSAGES, { messaging_product: 'whatsapp' })).not.toEqual([]);
    expect(faultsOf(MESSAGES, { ...described(bodies[0]), more: 1 })).not.toEqual([]);
    expect(faultsOf(TEMPLATES, { name: 1 })).not.toEqual([]);
  });
});
