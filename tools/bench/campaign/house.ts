/** A sender with the largest budget, an approved template and a campaign to everybody, made through HTTP. */
import { setTimeout as delay } from 'node:timers/promises';
import type { BenchServer } from '../server.ts';

const APPROVED_MS_MAX = 60_000;
const POLL_MS = 200;

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

async function request(
  { url, apiKey }: BenchServer,
  {
    method,
    path,
    body,
  }: { readonly method: string; readonly path: string; readonly body?: object },
): Promise<string> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return text;
}
