/** Server-sent events as the WHATWG HTML standard says, section 9.2.6. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
  /** The last id seen on the stream; empty when there was none. */
  readonly id: string;
}

/** An event of 1 MiB with escapes stays far below; a longer line is no event of ours. */
const BUFFER_LENGTH_MAX = 32 * 2 ** 20;

/** Yields the events of a stream of bytes; ends with the stream. Comments are skipped. */
export async function* serverSentEvents(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  const fields = new Fields();
  let rest = '';
  for await (const part of stream) {
    const lines = (rest + decoder.decode(part, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > BUFFER_LENGTH_MAX) throw new Error('The stream sent a line without end.');
    for (const line of lines) {
      const event = fields.take(line);
      if (event !== undefined) yield event;
    }
  }
}

/** The fields of the event that is arriving. */
class Fields {
  #id = '';
  #event = '';
  #data: string[] = [];

  /** Takes a line; the empty one ends an event and returns it, unless it has no data. */
  take(line: string): ServerSentEvent | undefined {
    if (line === '') return this.#end();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#event = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
    return undefined;
  }

  #end(): ServerSentEvent | undefined {
    const event = this.#event === '' ? 'message' : this.#event;
    const data = this.#data;
    this.#event = '';
    this.#data = [];
    return data.length === 0 ? undefined : { event, data: data.join('\n'), id: this.#id };
  }
}
