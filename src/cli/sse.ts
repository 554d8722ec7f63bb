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
  let rest = '';
  let id = '';
  let event = '';
  let data: string[] = [];
  for await (const part of stream) {
    const lines = (rest + decoder.decode(part, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > BUFFER_LENGTH_MAX) throw new Error('The stream sent a line without end.');
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0)
          yield { event: event === '' ? 'message' : event, data: data.join('\n'), id };
        event = '';
        data = [];
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'data') data.push(value);
      else if (field === 'event') event = value;
      else if (field === 'id' && !value.includes('\0')) id = value;
    }
  }
}
