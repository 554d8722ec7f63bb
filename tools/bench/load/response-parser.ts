/**
 * The smallest HTTP/1.1 response reader that a load generator needs: status line, Content-Length, body; one response
 * after another on a kept-alive connection (RFC 9112). Chunked bodies are refused, because the server under test
 * knows the length of every answer.
 */
export interface ResponseParser {
  /** Takes the next `length` bytes of the connection; calls back once for every response that is complete. */
  feed(chunk: Uint8Array, length: number): void;
}

/** `body` is valid during the call only; `closes`: the connection ends with this response. */
export type OnResponse = (status: number, body: Buffer, closes: boolean) => void;

const BODY_MAX = 16 * 1024 * 1024;
const HEAD_END = Buffer.from('\r\n\r\n');

export function createResponseParser(onResponse: OnResponse): ResponseParser {
  let held = Buffer.allocUnsafe(16 * 1024);
  let filled = 0;
  let bodyStart = -1;
  let bodyLength = 0;
  let status = 0;
  let closes = false;

  /** Reads the head at the start of what is held; false while it is incomplete. */
  const readHead = (): boolean => {
    const end = held.subarray(0, filled).indexOf(HEAD_END);
    if (end < 0) return false;
    const head = held.toString('latin1', 0, end);
    if (!/^HTTP\/1\.1 \d{3}/.test(head)) throw new Error('The answer is not HTTP/1.1.');
    status = Number(head.slice(9, 12));
    bodyLength = status === 204 || status === 304 ? 0 : contentLengthOf(head);
    closes = /\r\nconnection: *close/i.test(head);
    bodyStart = end + HEAD_END.length;
    return true;
  };

  /** Drops the response that was handed over and moves what follows it to the front. */
  const dropResponse = (): void => {
    const end = bodyStart + bodyLength;
    held.copyWithin(0, end, filled);
    filled -= end;
    bodyStart = -1;
  };

  return {
    feed(chunk, length) {
      if (filled + length > held.length) held = grown(held, filled, filled + length);
      held.set(chunk.subarray(0, length), filled);
      filled += length;
      while (filled > 0 && (bodyStart >= 0 || readHead())) {
        if (filled < bodyStart + bodyLength) return;
        onResponse(status, held.subarray(bodyStart, bodyStart + bodyLength), closes);
        dropResponse();
      }
    },
  };
}

function contentLengthOf(head: string): number {
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 'NaN');
  if (!(length <= BODY_MAX)) throw new Error(`An answer without a usable Content-Length:\n${head}`);
  return length;
}

function grown(buffer: Buffer<ArrayBuffer>, filled: number, needed: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafe(Math.max(needed, buffer.length * 2));
  larger.set(buffer.subarray(0, filled));
  return larger;
}
