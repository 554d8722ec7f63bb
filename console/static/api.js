/** Calls to the server, each with the key of this tab. Shapes: src/contract.ts. */

/** @typedef {import('../../src/contract.ts').EventJson} EventJson */
/** @typedef {import('../../src/contract.ts').EventPage} EventPage */

/** A call that was answered with an error; `status` is that of HTTP, 0 when there was no answer. */
export class CallFailed extends Error {
  /**
   * @param {number} status
   * @param {string} code
   */
  constructor(status, code) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/**
 * @param {string} path
 * @param {{ key?: string, signal?: AbortSignal }} [options]
 * @returns {Promise<Response>}
 */
export async function call(path, { key, signal } = {}) {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const response = await fetch(path, {
    headers,
    ...(signal === undefined ? {} : { signal }),
  }).catch((cause) => {
    if (signal?.aborted === true) throw cause;
    throw new CallFailed(0, 'UNREACHABLE');
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new CallFailed(response.status, typeof problem.code === 'string' ? problem.code : '');
}

/**
 * Reads server-sent events until the server closes or `signal` aborts. `EventSource` cannot carry a key.
 * @param {Response} response
 * @param {(message: { id: string, event: string, data: string }) => void} onMessage
 */
export async function readMessages(response, onMessage) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const message = parseMessage(text.slice(0, end));
      text = text.slice(end + 2);
      if (message.data !== '') onMessage(message);
    }
  }
}

/**
 * One block of lines `field: value` (HTML Living Standard, server-sent events). Comments have no field.
 * @param {string} block
 */
export function parseMessage(block) {
  const message = { id: '', event: 'message', data: '' };
  for (const line of block.split(/\r?\n/)) {
    const [, field, value = ''] = /^(id|event|data): ?(.*)$/.exec(line) ?? [];
    if (field === 'id') message.id = value;
    if (field === 'event') message.event = value;
    if (field === 'data') message.data += message.data === '' ? value : `\n${value}`;
  }
  return message;
}
