/** One session: a connection of its own that is kept open, and the requests that the bench makes. */
import { Agent, request } from 'node:http';
import type { BenchServer } from '../server.ts';

/** Whoever is not answered by then was left hanging. */
const ANSWER_MS_MAX = 60_000;

export interface Reply {
  readonly status: number;
  readonly retryAfter: string | undefined;
  // safe because the bench fails where the server answers otherwise
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Client {
  upload(file: Buffer): Promise<Reply>;
  submit(operation: string, inputs: readonly string[], options: object): Promise<Reply>;
  get(path: string): Promise<Reply>;
  close(): void;
}

export function openClient({ host, port, apiKey }: BenchServer): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (method: string, path: string, given?: { type: string; bytes: Buffer }) =>
    new Promise<Reply>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${apiKey}`,
        ...(given === undefined
          ? {}
          : { 'content-type': given.type, 'content-length': given.bytes.length }),
      };
      const sending = request({ host, port, path, method, agent, headers }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(pieces).toString();
          // safe because our own server answers with JSON objects
          const body = (text === '' ? {} : JSON.parse(text)) as Reply['body'];
          const retryAfter = response.headers['retry-after'];
          resolve({ status: response.statusCode ?? 0, retryAfter, body });
        });
      });
      sending.setTimeout(ANSWER_MS_MAX, () => sending.destroy(new Error('no answer')));
      sending.on('error', reject);
      sending.end(given?.bytes);
    });
  const json = (value: object) => ({
    type: 'application/json',
    bytes: Buffer.from(JSON.stringify(value)),
  });
  return {
    upload: (bytes) => send('POST', '/v1/documents', { type: 'application/pdf', bytes }),
    submit: (operation, inputs, options) =>
      send('POST', '/v1/documents/jobs', json({ operation, inputs, options })),
    get: (path) => send('GET', path),
    close: () => agent.destroy(),
  };
}

/** The id of what was accepted. Throws when it was not. */
export function acceptedId({ status, body }: Reply): string {
  const { id } = body;
  if (status === 202 && typeof id === 'string') return id;
  throw new Error(`not accepted: ${status} ${JSON.stringify(body)}`);
}
