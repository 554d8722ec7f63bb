/** Server-sent events as the HTML standard defines them (section 9.2.6), as far as GET /v1/events/tail uses them. */
import { type IncomingMessage, request } from 'node:http';

export interface StreamMessage {
  readonly id: string;
  /** `message` unless the server named it. */
  readonly event: string;
  readonly data: string;
}

export interface StreamOptions {
  readonly url: string;
  readonly apiKey: string;
  /** Sent as Last-Event-ID. */
  readonly lastEventId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Longer than the server's comment every 15 s: silence past it means that the connection is dead. */
const SILENCE_MAX_MS = 30_000;

/** Messages until the server closes. Errors: the status when it is not 200; whatever breaks the connection. */
export async function* openStream(options: StreamOptions): AsyncGenerator<StreamMessage> {
  const incoming = await connect(options);
  try {
    if (incoming.statusCode !== 200) throw new Error(`the tail answered ${incoming.statusCode}`);
    let rest = '';
    for await (const part of incoming.setEncoding('utf8')) {
      rest += String(part);
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      yield* blocks.map(parseBlock).filter((message) => message !== null);
    }
  } finally {
    incoming.destroy();
  }
}

function connect({ url, apiKey, lastEventId, signal }: StreamOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        agent: false,
        timeout: SILENCE_MAX_MS,
        ...(signal === undefined ? {} : { signal }),
        headers: {
          authorization: `Bearer ${apiKey}`,
          accept: 'text/event-stream',
          ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
        },
      },
      resolve,
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error('the tail fell silent')));
    outgoing.once('error', reject);
    outgoing.end();
  });
}

/** Null for a block of comments, which keep the connection alive. */
function parseBlock(block: string): StreamMessage | null {
  const fields = { id: '', event: 'message', data: '' };
  let hasField = false;
  for (const line of block.split('\n')) {
    const match = /^(id|event|data): ?(.*)$/.exec(line);
    const [, name, value = ''] = match ?? [];
    if (name === undefined) continue;
    hasField = true;
    if (name === 'id') fields.id = value;
    else if (name === 'event') fields.event = value;
    else fields.data += fields.data === '' ? value : `\n${value}`;
  }
  return hasField ? fields : null;
}
