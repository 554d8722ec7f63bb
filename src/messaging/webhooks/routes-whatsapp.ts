/**
 * Webhooks of WhatsApp: /public/webhooks/whatsapp/{tenant}. Signed over the raw bytes; what is not signed learns nothing.
 * Answered once everything in it is durable, since the provider repeats what was not answered with 200.
 */
import { Failure } from '../../core/errors.ts';
import { rawBody } from '../../http/modules/raw-body.ts';
import { OPEN, type Answer, type Call, type Parameter, type Route } from '../../http/route.ts';
import { WEBHOOK_BODY_MS_MAX, WEBHOOK_BYTES_MAX } from '../limits.ts';
import { parseWebhook, type WebhookItem } from './parse-webhook.ts';
import { isSameText, isSignedBy } from './signature.ts';

export interface WhatsAppRouteDependencies {
  readonly appSecret: string | undefined;
  readonly verifyToken: string | undefined;
  /** Durable when it resolves. */
  readonly take: (tenant: string, items: readonly WebhookItem[]) => Promise<void>;
  /** Null for what can be no tenant. Errors: UNAVAILABLE. */
  readonly tenantOfSlug: (slug: string) => Promise<string | null>;
}

const TAG = 'Messages';
const PATH = '/public/webhooks/whatsapp/{tenant}';
const TENANT: Parameter = {
  name: 'tenant',
  in: 'path',
  description:
    'Name of the business in addresses, or the id of its tenant: whose numbers report here.',
  schema: { type: 'string', maxLength: 63 },
  example: 'default',
};
const HANDSHAKE: readonly Parameter[] = ['hub.mode', 'hub.verify_token', 'hub.challenge'].map(
  (name) => ({
    name,
    in: 'query',
    description: 'Of the handshake.',
    schema: { type: 'string', maxLength: 500 },
  }),
);

export function whatsAppRoutes(deps: WhatsAppRouteDependencies): readonly Route[] {
  return [
    {
      method: 'GET',
      path: PATH,
      operationId: 'verifyWhatsAppWebhook',
      tag: TAG,
      summary: 'The handshake by which WhatsApp learns that the address is ours',
      access: OPEN,
      parameters: [TENANT, ...HANDSHAKE],
      answers: { 200: { description: 'The challenge', contentType: 'text/plain' } },
      errors: ['FORBIDDEN'],
      handle: (call) => verified(deps, call),
    },
    {
      method: 'POST',
      path: PATH,
      operationId: 'receiveWhatsAppWebhook',
      tag: TAG,
      summary: 'Statuses and messages from WhatsApp',
      description: `Signed in X-Hub-Signature-256 over the raw body, which may have ${WEBHOOK_BYTES_MAX} bytes.`,
      access: OPEN,
      parameters: [TENANT],
      body: {
        content: { 'application/json': { schema: { type: 'object' } } },
        bytesMax: WEBHOOK_BYTES_MAX,
        raw: true,
      },
      answers: { 200: { description: 'Everything in it is stored' } },
      errors: [
        'UNAUTHENTICATED',
        'INPUT_INVALID',
        'TOO_LARGE',
        'NOT_FOUND',
        'UNAVAILABLE',
        'WAIT_TIMEOUT',
      ],
      handle: (call) => received(deps, call),
    },
  ];
}

function verified({ verifyToken }: WhatsAppRouteDependencies, { query }: Call): Answer {
  const challenge = query.get('hub.challenge') ?? '';
  const isOurs =
    verifyToken !== undefined &&
    query.get('hub.mode') === 'subscribe' &&
    isSameText(query.get('hub.verify_token') ?? '', verifyToken);
  // Digits only: whatever else comes back as text could be a page.
  if (!isOurs || !/^[0-9]{1,40}$/.test(challenge))
    throw new Failure('FORBIDDEN', 'This is not the handshake of this server.');
  return { status: 200, contentType: 'text/plain; charset=utf-8', body: challenge };
}

async function received(deps: WhatsAppRouteDependencies, call: Call): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  const bounds = { bytesMax: WEBHOOK_BYTES_MAX, msMax: WEBHOOK_BODY_MS_MAX };
  for await (const chunk of rawBody(call.request, bounds)) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const header = call.request.headers['x-hub-signature-256'];
  const { appSecret } = deps;
  const isSigned =
    appSecret !== undefined &&
    isSignedBy(appSecret, { body, header: typeof header === 'string' ? header : undefined });
  if (!isSigned) throw new Failure('UNAUTHENTICATED', 'The request is not signed.');
  const tenant = await deps.tenantOfSlug(call.params['tenant'] ?? '');
  if (tenant === null) throw new Failure('NOT_FOUND', 'There is nothing under this address.');
  const items = parseWebhook(parsed(body));
  if (items === null) throw new Failure('INPUT_INVALID', 'This is no webhook of WhatsApp.');
  await deps.take(tenant, items);
  return { status: 200, body: {} };
}

function parsed(body: Buffer): unknown {
  try {
    // safe because unknown is what parsed text is until it is looked at
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new Failure('INPUT_INVALID', 'The body is no JSON.');
  }
}
