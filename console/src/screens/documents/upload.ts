/** Sends a file with its progress, which fetch does not tell; the foot drawer shows the call as it does all others. */
import { CallFailed } from '../../../../src/client/call-failed.ts';
import { noteCall } from '../../api/calls.ts';
import { noteReachable } from '../../api/connection.ts';
import { deviceKey, sessionState, setSession } from '../../api/session.ts';

export interface Sent {
  readonly id: string;
}

const PATH = '/v1/documents';
const SPAN_DIGITS = 16;

/** `onProgress` gets the part that was sent, from 0 to 1. Errors: CallFailed, also where the server was not reached. */
export function sendDocument(file: File, onProgress: (part: number) => void): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', PATH);
    const traceId = hexDigits();
    const note = noter(request, traceId);
    request.setRequestHeader('content-type', 'application/pdf');
    request.setRequestHeader('content-disposition', namedAs(file.name));
    request.setRequestHeader('idempotency-key', crypto.randomUUID());
    const now = sessionState();
    if (now.kind === 'signed-in') request.setRequestHeader('x-csrf-token', now.session.csrf);
    const device = deviceKey();
    if (device !== null) request.setRequestHeader('x-device-key', device);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total === 0 ? 0 : loaded / total),
    );
    request.addEventListener('error', () => {
      note();
      reject(new CallFailed({ status: 0, traceId }));
    });
    request.addEventListener('load', () => {
      note();
      const answer = parsed(request.responseText);
      if (request.status < 300 && answer.id !== undefined) resolve({ id: answer.id });
      else reject(new CallFailed({ status: request.status, traceId, body: answer }));
    });
    request.send(file);
  });
}

/** Gives the request its trace; what comes back tells how it went, once it has ended. */
function noter(request: XMLHttpRequest, traceId: string): () => void {
  request.setRequestHeader('traceparent', `00-${traceId}-${hexDigits().slice(0, SPAN_DIGITS)}-01`);
  const startedAt = performance.now();
  return () => {
    const { status } = request;
    noteReachable(status !== 0);
    // The sign-in dialog opens over the screen, which keeps what it shows.
    if (status === 401 && sessionState().kind === 'signed-in')
      setSession({ kind: 'signed-out', expired: true });
    const ms = performance.now() - startedAt;
    noteCall({
      operation: 'POST /v1/documents',
      method: 'POST',
      path: PATH,
      status,
      ms,
      traceId,
    });
  };
}

/** As RFC 8187 writes a name that may have any letter. */
function namedAs(name: string): string {
  const escaped = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename*=UTF-8''${escaped}`;
}

/** 32 of them. */
function hexDigits(): string {
  return crypto.randomUUID().replaceAll('-', '');
}

function parsed(text: string): { readonly id?: string } {
  try {
    // safe because nothing but its text is read here
    return JSON.parse(text) as { readonly id?: string };
  } catch {
    return {};
  }
}
