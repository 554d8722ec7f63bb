/** A sender with the largest budget, an approved template and a campaign to everybody, made through HTTP. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { BenchServer } from '../server.ts';

const APPROVED_MS_MAX = 60_000;
const POLL_MS = 200;
const TRIES_MAX = 40;
const AGAIN_MS = 500;

export interface CampaignHouse {
  readonly senderId: string;
  readonly templateId: string;
  readonly campaignId: string;
}

export async function makeHouse(server: BenchServer, budget: number): Promise<CampaignHouse> {
  const senderId = await post(server, '/v1/messages/senders', {
    name: 'Bench',
    channel: 'whatsapp',
    from: '+5511900000000',
    phoneNumberId: '1001',
    wabaId: '2001',
    secretName: 'bench',
    budgetPerSecond: budget,
    dayTier: null,
    quietHours: null,
    caps: [],
  });
  const templateId = await post(server, '/v1/messages/templates', {
    name: 'campaign_bench',
    channel: 'whatsapp',
    category: 'utility',
    variables: [{ name: 'name', example: 'Ana' }],
    texts: [{ language: 'en', body: 'Hello {{name}}, see you soon.' }],
  });
  await post(server, `/v1/messages/templates/${templateId}/submit`, { senderId });
  const segmentId = await post(server, '/v1/customers/segments', {
    name: 'Everybody',
    filter: { consents: ['whatsapp'] },
  });
  const campaignId = await post(server, '/v1/messages/campaigns', {
    name: 'Bench',
    channel: 'whatsapp',
    senderId,
    segmentId,
    templateId,
    variables: { name: '{customer.name}' },
  });
  await untilApproved(server, templateId);
  return { senderId, templateId, campaignId };
}

export async function startCampaign(
  server: BenchServer,
  { campaignId }: CampaignHouse,
): Promise<void> {
  await post(server, `/v1/messages/campaigns/${campaignId}/start`, {});
}

/** Different messages to one recipient, beside the campaign and before it. */
export async function askManyForOne(
  server: BenchServer,
  { senderId, templateId }: CampaignHouse,
  of: { readonly phone: string; readonly count: number },
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let index = 0; index < of.count; index += 1)
    ids.push(
      await post(server, '/v1/messages', {
        channel: 'whatsapp',
        senderId,
        to: { phone: of.phone },
        template: { id: templateId, language: 'en', variables: { name: `number ${index}` } },
        purpose: 'transactional',
      }),
    );
  return ids;
}

async function untilApproved(server: BenchServer, templateId: string): Promise<void> {
  const deadline = performance.now() + APPROVED_MS_MAX;
  for (;;) {
    const answer = await request(server, {
      method: 'GET',
      path: `/v1/messages/templates/${templateId}`,
    });
    if (answer.includes('"approval":"approved"')) return;
    if (performance.now() > deadline) throw new Error(`The template was not approved: ${answer}`);
    await delay(POLL_MS);
  }
}

async function post(server: BenchServer, path: string, body: object): Promise<string> {
  const answer = await request(server, { method: 'POST', path, body });
  // safe because the contract fixes the answer to a command
  return (JSON.parse(answer) as { readonly id?: string }).id ?? '';
}

/** A busy machine may refuse or lose one: it is repeated under the same key. */
async function request(
  server: BenchServer,
  asked: { readonly method: string; readonly path: string; readonly body?: object },
): Promise<string> {
  const key = randomUUID();
  for (let tries = 1; ; tries += 1) {
    const { status, text } = await once(server, { ...asked, key });
    if (status < 300) return text;
    if (status !== 503 || tries === TRIES_MAX)
      throw new Error(`${asked.method} ${asked.path} answered ${status}: ${text}`);
    await delay(AGAIN_MS);
  }
}

async function once(
  { url, apiKey }: BenchServer,
  asked: {
    readonly method: string;
    readonly path: string;
    readonly body?: object;
    readonly key: string;
  },
): Promise<{ readonly status: number; readonly text: string }> {
  const { method, path, body, key } = asked;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}
