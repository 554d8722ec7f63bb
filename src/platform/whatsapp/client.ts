/**
 * A client of the WhatsApp Cloud API: messages and templates over pooled connections that stay open. The API has no key
 * against repetition, so what may have arrived is never sent again here: a lost answer is an outcome of its own.
 */
import type { SendResult, TransportMessage } from '../../core/message-transport.ts';
import { classifyError } from './error-classes.ts';
import { createExchanges, NotStarted, type Exchanges } from './exchange.ts';

/** Of one process: a provider that takes a second to answer gets 1,000 messages a second. */
const CONNECTIONS_MAX = 1_000;
const CONNECT_TIMEOUT_MS = 3_000;
const HEADERS_TIMEOUT_MS = 8_000;
const BODY_TIMEOUT_MS = 4_000;
/** Of the whole call. */
const TOTAL_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;
/** An answer is a few hundred bytes; templates come in pages. */
const ANSWER_BYTES_MAX = 1024 * 1024;
const TEMPLATES_PER_PAGE = 100;
const TEMPLATE_PAGES_MAX = 50;

export interface WhatsAppAccount {
  readonly phoneNumberId: string;
  readonly token: string;
}

export interface TemplateAccount {
  /** WhatsApp Business Account. */
  readonly wabaId: string;
  readonly token: string;
}

export interface ProviderTemplate {
  readonly name: string;
  readonly language: string;
  /** APPROVED, PENDING, REJECTED, PAUSED, DISABLED. */
  readonly status: string;
}

export interface TemplatePart {
  /** With {{1}}, {{2}} ... for variables. */
  readonly text: string;
  /** A value for each variable, which the reviewers see. */
  readonly examples: readonly string[];
}

export interface NewTemplate {
  readonly name: string;
  readonly language: string;
  readonly category: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
  readonly header: TemplatePart | null;
  readonly body: TemplatePart;
  readonly footer: string | null;
}

export interface WhatsAppClient {
  send(account: WhatsAppAccount, message: TransportMessage): Promise<SendResult>;
  /**
   * False while every connection waits for an answer, and at first until what sends is loaded, which begins when this is
   * asked: what is sent then waits, and leaves in a heap with others.
   */
  hasRoom(): boolean;
  /** The provider's id. Errors: ProviderError. */
  submitTemplate(account: TemplateAccount, template: NewTemplate): Promise<string>;
  listTemplates(account: TemplateAccount): Promise<readonly ProviderTemplate[]>;
  close(): Promise<void>;
}

export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterMs: number | null;
}

type Call = (request: {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token: string;
  readonly body?: unknown;
}) => Promise<Answer>;

/** `baseUrl` with the version: `https://graph.facebook.com/v23.0`. `nowUs`: for the stamp that test servers judge by. */
export function createWhatsAppClient(options: {
  readonly baseUrl: string;
  readonly nowUs: () => number;
  readonly connectionsMax?: number;
}): WhatsAppClient {
  const { connectionsMax = CONNECTIONS_MAX } = options;
  let pool: Promise<Pool> | null = null;
  let isOpen = false;
  let underWay = 0;
  const poolOf = (): Promise<Pool> =>
    (pool ??= openPool(connectionsMax).finally(() => {
      isOpen = true;
    }));
  const call = callThrough(poolOf, options);
  return {
    hasRoom() {
      // Whoever sends hears why it cannot be loaded.
      if (pool === null) poolOf().catch(() => {});
      return isOpen && underWay < connectionsMax;
    },
    async send({ phoneNumberId, token }, message) {
      underWay += 1;
      try {
        const path = `/${encodeURIComponent(phoneNumberId)}/messages`;
        return resultOf(await call({ method: 'POST', path, token, body: messageBody(message) }));
      } catch (error) {
        return wasNotSent(error) ? { kind: 'not-sent' } : { kind: 'unknown' };
      } finally {
        underWay -= 1;
      }
    },
    async submitTemplate({ wabaId, token }, template) {
      const path = `/${encodeURIComponent(wabaId)}/message_templates`;
      const answer = await call({ method: 'POST', path, token, body: templateBody(template) });
      const id = member(answer.body, 'id');
      if (answer.status < 300 && typeof id === 'string') return id;
      throw refusalOf(answer);
    },
    listTemplates: (account) => listTemplates(call, account),
    close: async () => (await pool)?.close(),
  };
}

interface Pool {
  readonly exchanges: Exchanges;
  close(): Promise<void>;
}

/** With the first call: undici is two megabytes of source, and most houses send nothing. */
async function openPool(connections: number): Promise<Pool> {
  const { Agent } = await import('undici');
  const agent = new Agent({
    connections,
    pipelining: 1,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: HEADERS_TIMEOUT_MS,
    bodyTimeout: BODY_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxResponseSize: ANSWER_BYTES_MAX,
  });
  const exchanges = createExchanges(agent, TOTAL_TIMEOUT_MS);
  return {
    exchanges,
    async close() {
      await agent.close();
      exchanges.close();
    },
  };
}

function callThrough(
  poolOf: () => Promise<Pool>,
  { baseUrl, nowUs }: { readonly baseUrl: string; readonly nowUs: () => number },
): Call {
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const { origin } = base;
  return async ({ method, path, token, body }) => {
    const headers = ['authorization', `Bearer ${token}`, 'x-sent-at', String(nowUs())];
    if (body !== undefined) headers.push('content-type', 'application/json');
    const { exchanges } = await poolOf();
    const { status, text, retryAfter } = await exchanges.send({
      origin,
      method,
      path: prefix + path,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    const seconds = Number(retryAfter);
    return {
      status,
      body: parsed(text),
      retryAfterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null,
    };
  };
}

async function listTemplates(
  call: Call,
  { wabaId, token }: TemplateAccount,
): Promise<readonly ProviderTemplate[]> {
  const templates: ProviderTemplate[] = [];
  const list = `/${encodeURIComponent(wabaId)}/message_templates?fields=name,language,status&limit=${TEMPLATES_PER_PAGE}`;
  let from = '';
  for (let page = 0; page < TEMPLATE_PAGES_MAX; page += 1) {
    const answer = await call({ method: 'GET', path: list + from, token });
    if (answer.status >= 300) throw refusalOf(answer);
    templates.push(...templatesOf(answer.body));
    const paging = member(answer.body, 'paging');
    const after = member(member(paging, 'cursors'), 'after');
    if (typeof after !== 'string' || member(paging, 'next') === undefined) break;
    from = `&after=${encodeURIComponent(after)}`;
  }
  return templates;
}

/** Both members the description demands although the live API does without: `recipient_type` and the language policy. */
function messageBody(message: TransportMessage): object {
  const { to, content, messageId } = message;
  const head = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: to.replace(/^\+/, ''),
    biz_opaque_callback_data: messageId,
  };
  if (content.kind === 'text') return { ...head, type: 'text', text: { body: content.text } };
  const { name, language, header, parameters } = content;
  const components = [componentOf('header', header), componentOf('body', parameters)].flat();
  return {
    ...head,
    type: 'template',
    template: {
      name,
      language: { code: language.replace('-', '_'), policy: 'deterministic' },
      ...(components.length === 0 ? {} : { components }),
    },
  };
}

function componentOf(type: 'header' | 'body', values: readonly string[]): readonly object[] {
  if (values.length === 0) return [];
  return [{ type, parameters: values.map((text) => ({ type: 'text', text })) }];
}

function templateBody({ name, language, category, header, body, footer }: NewTemplate): object {
  const headerExample = header?.examples.length
    ? { example: { header_text: header.examples } }
    : {};
  const bodyExample = body.examples.length === 0 ? {} : { example: { body_text: [body.examples] } };
  return {
    name,
    language: language.replace('-', '_'),
    category,
    components: [
      ...(header === null
        ? []
        : [{ type: 'HEADER', format: 'TEXT', text: header.text, ...headerExample }]),
      { type: 'BODY', text: body.text, ...bodyExample },
      ...(footer === null ? [] : [{ type: 'FOOTER', text: footer }]),
    ],
  };
}

function resultOf(answer: Answer): SendResult {
  if (answer.status < 300) {
    const [first] = arrayOf(member(answer.body, 'messages'));
    const id = member(first, 'id');
    if (typeof id === 'string') return { kind: 'accepted', providerId: id };
    // It took the message, but nobody can tell which.
    return { kind: 'unknown' };
  }
  const code = member(member(answer.body, 'error'), 'code');
  const error = classifyError(typeof code === 'number' ? code : null, answer.status);
  // A gateway that gave up waiting says nothing of what is behind it.
  if (typeof code !== 'number' && (answer.status === 502 || answer.status === 504))
    return { kind: 'unknown' };
  return { kind: 'refused', error, retryAfterMs: answer.retryAfterMs };
}

function refusalOf({ body, status }: Answer): ProviderError {
  const code = member(member(body, 'error'), 'code');
  const { code: name, detail } = classifyError(typeof code === 'number' ? code : null, status);
  return new ProviderError(name, detail);
}

function templatesOf(body: unknown): readonly ProviderTemplate[] {
  return arrayOf(member(body, 'data')).flatMap((item) => {
    const [name, language, status] = ['name', 'language', 'status'].map((key) => member(item, key));
    if (typeof name !== 'string' || typeof language !== 'string' || typeof status !== 'string')
      return [];
    return [{ name, language: language.replace('_', '-'), status }];
  });
}

/** Only where no byte of the request can have left. */
function wasNotSent(error: unknown): boolean {
  if (error instanceof NotStarted) return true;
  const code = member(error, 'code') ?? member(member(error, 'cause'), 'code');
  return (
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    code === 'ECONNREFUSED' ||
    code === 'ENOTFOUND' ||
    code === 'EAI_AGAIN' ||
    code === 'ENETUNREACH' ||
    code === 'EHOSTUNREACH'
  );
}

function parsed(text: string): unknown {
  try {
    // safe because unknown is what parsed text is until it is looked at
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  // safe because any member of an object may be asked for
  return (value as Readonly<Record<string, unknown>>)[name];
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
