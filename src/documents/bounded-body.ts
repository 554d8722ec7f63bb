/** The body of an upload as it comes in; ends with an error when it stalls or takes too long. */
import type { Readable } from 'node:stream';
import { Failure } from '../core/errors.ts';
import { UPLOAD_IDLE_MS, UPLOAD_MS_MAX } from './limits.ts';

/** Errors: INPUT_INVALID when the sender stalls or breaks off. */
export async function* boundedBody(
  body: Readable,
  limits = { idleMs: UPLOAD_IDLE_MS, wholeMs: UPLOAD_MS_MAX },
): AsyncIterable<Uint8Array> {
  const give = (detail: string) => (): void => {
    body.destroy(new Failure('INPUT_INVALID', detail));
  };
  const whole = setTimeout(give('The upload took too long.'), limits.wholeMs);
  const idle = setTimeout(give('The upload stalled.'), limits.idleMs);
  try {
    // Left undestroyed when too much came, so that the refusal can be sent.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      idle.refresh();
      // safe because a byte stream without an encoding gives buffers
      yield chunk as Buffer;
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('INPUT_INVALID', 'The upload broke off.', { cause: error });
  } finally {
    clearTimeout(whole);
    clearTimeout(idle);
  }
}
