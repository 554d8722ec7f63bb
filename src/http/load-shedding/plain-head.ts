/**
 * Heads of requests that the shedder understands: events by POST, with a length and nothing that changes how the request
 * is framed. It answers those itself or passes them on; every other head makes it pass on all that follows, so what it
 * does not understand the server reads.
 */
export interface PlainHead {
  readonly bodyBytes: number;
  /** Of `traceparent` (W3C Trace Context), where it has its form. */
  readonly traceId: string | undefined;
}

const REQUEST_LINE = 'POST /v1/events HTTP/1.1\r\n';
/** What changes the connection or the framing, and lines that go on in the next one (obsolete line folding). */
const FRAMING = /\r\n(?:transfer-encoding|connection(?!: *keep-alive\r\n)|expect|upgrade|[ \t])/i;
const LENGTH = /\r\ncontent-length:[ \t]*(\d{1,9})[ \t]*\r\n/i;
const EACH_LENGTH = /\r\ncontent-length/gi;
/** Not lines of JSON, whose answer has no length. */
const CONTENT_TYPE =
  /\r\ncontent-type:[ \t]*application\/(?:cloudevents(?:-batch)?\+)?json[ \t]*(?:;|\r\n)/i;
const TRACE_ID = /\r\ntraceparent:[ \t]*00-([0-9a-f]{32})-[0-9a-f]{16}-/i;

/** `head` is a request's whole head with the empty line at its end. Null for what the server is to read itself. */
export function plainHeadOf(head: string): PlainHead | null {
  if (!head.startsWith(REQUEST_LINE) || FRAMING.test(head) || !CONTENT_TYPE.test(head)) return null;
  const length = LENGTH.exec(head)?.[1];
  if (length === undefined || head.match(EACH_LENGTH)?.length !== 1) return null;
  return { bodyBytes: Number(length), traceId: TRACE_ID.exec(head)?.[1]?.toLowerCase() };
}
