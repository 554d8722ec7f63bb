/** A reader of server-sent events for tests, on node:http so that it can stop reading. */
import { request, type IncomingMessage } from 'node:http';
import { until } from '../../test/support/until.ts';
import { ADMIN_KEY, type HttpFixture } from './fixture.ts';

export interface Message {
  readonly event: string;
  readonly id: string;
  readonly data: { readonly id?: string; readonly code?: string } & Readonly<
    Record<string, unknown>
  >;
}

export interface SseReader {
  readonly messages: Message[];
  ids(): readonly (string | undefined)[];
  text(): string;
  dropped(): string | undefined;
  ended(): boolean;
  resume(): void;
  close(): void;
}

export interface TailOptions {
  /** The administrator's when absent. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Reads nothing until `resume`. */
  readonly paused?: boolean;
}

/** Opens a tail and waits until the server has answered, so that what is appended next is seen. */
export function openTail(
  http: HttpFixture,
  query: string,
  options: TailOptions = {},
): Promise<SseReader> {
  const authorization = `Bearer ${options.key ?? ADMIN_KEY}`;
  const headers = { authorization, ...options.headers };
  return openSseReader(`${http.url}/v1/events/tail${query}`, headers, options);
}

export async function openSseReader(
  url: string,
  headers: Readonly<Record<string, string>>,
  options: { readonly paused?: boolean } = {},
): Promise<SseReader> {
  const messages: Message[] = [];
  let text = '';
  let unread = '';
  let drop: string | undefined;
  let ended = false;
  const sent = request(url, { headers, agent: false });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject).end();
  });
  if (response.statusCode !== 200) throw new Error(`${response.statusCode} for ${url}`);
  sent.on('error', () => undefined);
  response.on('error', () => undefined);
  response.on('close', () => (ended = true));
  const take = (chunk: string): void => {
    text += chunk;
    unread += chunk;
    const blocks = unread.split('\n\n');
    unread = blocks.pop() ?? '';
    for (const block of blocks) {
      const message = parse(block);
      if (message?.event === 'dropped') drop = message.data.code;
      else if (message !== null) messages.push(message);
    }
  };
  const resume = (): void => void response.setEncoding('utf8').on('data', take);
  if (options.paused !== true) {
    resume();
    await until('the first comment', () => text !== '');
  }
  return {
    messages,
    ids: () => messages.map((message) => message.data.id),
    text: () => text,
    dropped: () => drop,
    ended: () => ended,
    resume,
    close: () => void sent.destroy(),
  };
}

function parse(block: string): Message | null {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 2));
  }
  const data = fields.get('data');
  if (data === undefined) return null;
  // safe because the server writes JSON objects as data
  const parsed = JSON.parse(data) as Message['data'];
  return { event: fields.get('event') ?? 'message', id: fields.get('id') ?? '', data: parsed };
}
