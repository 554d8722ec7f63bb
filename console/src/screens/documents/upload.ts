/** Sends a file with its progress, which fetch does not tell. */
import { deviceKey, sessionState } from '../../api/session.ts';

export interface Sent {
  readonly id: string;
}

/** `onProgress` gets the part that was sent, from 0 to 1. Errors: what the server says, or that it was not reached. */
export function sendDocument(file: File, onProgress: (part: number) => void): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/v1/documents');
    request.setRequestHeader('content-type', 'application/pdf');
    request.setRequestHeader('idempotency-key', crypto.randomUUID());
    const now = sessionState();
    if (now.kind === 'signed-in') request.setRequestHeader('x-csrf-token', now.session.csrf);
    const device = deviceKey();
    if (device !== null) request.setRequestHeader('x-device-key', device);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total === 0 ? 0 : loaded / total),
    );
    request.addEventListener('error', () => reject(new Error('UNREACHABLE')));
    request.addEventListener('load', () => {
      const answer = parsed(request.responseText);
      if (request.status < 300 && answer.id !== undefined) resolve({ id: answer.id });
      else reject(new Error(answer.detail ?? `HTTP ${request.status}`));
    });
    request.send(file);
  });
}

function parsed(text: string): { readonly id?: string; readonly detail?: string } {
  try {
    // safe because only its two texts are read
    return JSON.parse(text) as { readonly id?: string; readonly detail?: string };
  } catch {
    return {};
  }
}
