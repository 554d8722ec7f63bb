/** Why an attempt had no useful answer. These words and the status are all that is kept of an answer. */
export type AttemptCode =
  /** The URL, or an address that its name resolves to, may not be reached. */
  | 'URL_REFUSED'
  | 'ADDRESS_REFUSED'
  | 'DNS_FAILED'
  | 'CONNECT_FAILED'
  | 'CONNECT_TIMEOUT'
  /** The certificate is not valid for the host, or there is no common version of TLS. */
  | 'TLS_FAILED'
  /** The connection ended before the head of an answer was complete. */
  | 'CONNECTION_LOST'
  | 'RESPONSE_INVALID'
  | 'RESPONSE_TIMEOUT'
  | 'REDIRECT'
  | 'GONE'
  | 'HTTP_STATUS'
  /** Retention removed the event, or it cannot be read. */
  | 'EVENT_GONE'
  | 'ENDPOINT_DISABLED'
  /** This server is ending; the attempt counts as not made. */
  | 'STOPPED';

/** An attempt that failed for an outside reason. The message is the code: nothing of the other side gets into it. */
export class AttemptError extends Error {
  override readonly name = 'AttemptError';
  readonly code: AttemptCode;

  constructor(code: AttemptCode) {
    super(code);
    this.code = code;
  }
}
