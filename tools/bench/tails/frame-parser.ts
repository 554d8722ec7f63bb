/**
 * The smallest reader of server-sent events that a bench needs: the head of an HTTP/1.1 answer, then messages that end
 * in an empty line (WHATWG HTML, section 9.2). The body ends with the connection; chunked bodies are refused, because
 * the server under test does not send any.
 */
export interface FrameParser {
  feed(chunk: Buffer): void;
}

export interface FrameEvents {
  /** The head was complete and its status 200. */
  readonly onOpen: () => void;
  /** One message; `data` is the text of its only data line. */
  readonly onFrame: (event: string, data: string) => void;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const FRAME_END = Buffer.from('\n\n');
const NOTHING = Buffer.alloc(0);
const EVENT = 'event: ';
const DATA = 'data: ';

/** Throws when the answer is not 200 or its body is chunked. */
export function createFrameParser(events: FrameEvents): FrameParser {
  let rest: Buffer = NOTHING;
  let isOpen = false;

  function readHead(bytes: Buffer): Buffer {
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) return bytes;
    const head = bytes.toString('latin1', 0, end);
    if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(`A tail was answered with: ${head}`);
    if (/\r\ntransfer-encoding:/i.test(head)) throw new Error('The body of a tail is chunked.');
    isOpen = true;
    events.onOpen();
    return bytes.subarray(end + HEAD_END.length);
  }

  return {
    feed(chunk) {
      let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (!isOpen) bytes = readHead(bytes);
      let start = 0;
      for (let end = isOpen ? bytes.indexOf(FRAME_END) : -1; end >= 0;) {
        readFrame(bytes.toString('utf8', start, end), events.onFrame);
        start = end + FRAME_END.length;
        end = bytes.indexOf(FRAME_END, start);
      }
      // Copied: the chunk's memory is used again for the next one.
      rest = start === bytes.length ? NOTHING : Buffer.from(bytes.subarray(start));
    },
  };
}

function readFrame(text: string, onFrame: FrameEvents['onFrame']): void {
  const lines = text.split('\n');
  const valueOf = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(name))?.slice(name.length);
  const data = valueOf(DATA);
  if (data !== undefined) onFrame(valueOf(EVENT) ?? 'message', data);
}
