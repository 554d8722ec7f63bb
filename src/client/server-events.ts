/** Server-sent events from a response of fetch: `EventSource` can carry neither a key nor other headers. */

export interface ServerEvent {
  /** The last id seen on the stream; empty while there was none. */
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** An event of 1 MiB with escapes stays far below; a longer line is no event of ours. */
const LINE_LENGTH_MAX = 32 * 2 ** 20;

/**
 * Yields the events of a response until the server closes it; comments are skipped. `onBytes` is called for everything
 * that arrives, comments included. Whoever leaves the loop ends the connection.
 */
export function readEvents(response: Response, onBytes?: () => void): AsyncGenerator<ServerEvent> {
  return serverSentEvents(chunksOf(response, onBytes));
}

/** Yields the events of a stream of bytes (HTML Living Standard, section 9.2.6); ends with it. */
export async function* serverSentEvents(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  const fields = new Fields();
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > LINE_LENGTH_MAX) throw new Error('The stream sent a line without end.');
    for (const line of lines) {
      const event = fields.take(line);
      if (event !== undefined) yield event;
    }
  }
}

/** Not every browser can loop over a body. */
async function* chunksOf(
  { body }: Response,
  onBytes: (() => void) | undefined,
): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes?.();
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The fields of the event that is arriving. */
class Fields {
  #id = '';
  #event = '';
  #data: string[] = [];

  /** Takes a line; the empty one ends an event and returns it, unless it has no data. */
  take(line: string): ServerEvent | undefined {
    if (line === '') return this.#end();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#event = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
    return undefined;
  }

  #end(): ServerEvent | undefined {
    const event = this.#event === '' ? 'message' : this.#event;
    const data = this.#data;
    this.#event = '';
    this.#data = [];
    return data.length === 0 ? undefined : { id: this.#id, event, data: data.join('\n') };
  }
}
