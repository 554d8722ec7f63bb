/** GET /v1/live: the figures of this process, a second at a time, for the console. */
import { LiveFigures, type LiveFigure } from '../contract.ts';
import { Failure } from '../core/errors.ts';
import { scoped, type Call, type Route } from './route.ts';
import { openSse, sseFrame, type SseConnection } from './sse-connection.ts';

/** Consoles open at the same time; each is one small write a second. */
const LIVE_READERS_MAX = 100;
/** A reader that has taken nothing for so long is skipped: the next second brings newer figures anyway. */
const LIVE_BUFFER_BYTES_MAX = 16 * 1024;

const encoder = new TextEncoder();

/** Where the figures come from; one a second. */
export interface LiveSource {
  latest(): LiveFigure | undefined;
  /** Oldest first. */
  history(): readonly LiveFigure[];
  onFigure(listener: (figure: LiveFigure) => void): () => void;
}

export interface LiveRoute {
  readonly route: Route;
  close(): void;
}

export function liveRoute(source: LiveSource): LiveRoute {
  const readers = new Set<SseConnection>();
  const stop = source.onFigure((figure) => {
    if (readers.size === 0) return;
    const frame = frameOf(figure);
    for (const reader of readers)
      if (reader.bufferedBytes() < LIVE_BUFFER_BYTES_MAX) reader.write([frame]);
  });

  function handle({ request, reply, query }: Call) {
    const asksStream = (request.headers.accept ?? '').includes('text/event-stream');
    if (!asksStream || request.method === 'HEAD') {
      const history = query.get('history') === 'true' ? source.history() : [];
      return { status: 200, body: { latest: source.latest() ?? null, history } };
    }
    if (readers.size >= LIVE_READERS_MAX)
      throw new Failure('OVERLOADED', 'As many consoles are open as this server allows.');
    reply.hijack();
    const connection = openSse(reply.raw);
    readers.add(connection);
    connection.onClose(() => readers.delete(connection));
    const latest = source.latest();
    if (latest !== undefined) connection.write([frameOf(latest)]);
    return 'streaming' as const;
  }

  return {
    route: {
      method: 'GET',
      path: '/v1/live',
      operationId: 'liveFigures',
      tag: 'Operation',
      summary: 'What this process does right now',
      description:
        'One answer as JSON, or with `Accept: text/event-stream` one figure a second as it is taken.',
      access: scoped('metrics:read'),
      parameters: [
        {
          name: 'history',
          in: 'query',
          description: '`true` adds the figures of the last hour, oldest first.',
          schema: { type: 'string', enum: ['true', 'false'] },
        },
      ],
      answers: { 200: { description: 'Live figures', schema: LiveFigures } },
      errors: ['INPUT_INVALID'],
      handle,
    },
    close() {
      stop();
      for (const reader of readers) reader.dropped('UNAVAILABLE');
    },
  };
}

function frameOf(figure: LiveFigure): Uint8Array {
  return sseFrame(String(figure.at), encoder.encode(JSON.stringify(figure)));
}
