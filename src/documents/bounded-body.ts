/** The body of an upload as it comes in; ends with an error when it stalls or takes too long. */
import type { Readable } from 'node:stream';
import { Failure } from '../core/errors.ts';
import { createDeadline } from '../http/deadline.ts';
import { UPLOAD_IDLE_MS, UPLOAD_MS_MAX } from './limits.ts';

/** Errors: INPUT_INVALID when the sender stalls or breaks off. */
export async function* boundedBody(
  body: Readable,
  limits = { idleMs: UPLOAD_IDLE_MS, wholeMs: UPLOAD_MS_MAX },
): AsyncIterable<Uint8Array> {
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => undefined);
  const give = (detail: string) => (): void => late.reject(new Failure('INPUT_INVALID', detail));
  const whole = createDeadline(limits.wholeMs, give('The upload took too long.'));
  const idle = createDeadline(limits.idleMs, give('The upload stalled.'));
  // Left undestroyed when too much came or it is too slow, so that the refusal can be sent.
  const chunks = body.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const step = await Promise.race([chunks.next(), late.promise]);
      if (step.done === true) return;
      idle.putOff();
      // safe because a byte stream without an encoding gives buffers
      yield step.value as Buffer;
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('INPUT_INVALID', 'The upload broke off.', { cause: error });
  } finally {
    whole.end();
    idle.end();
    // Not waited for: a chunk that is still awaited comes first, and may never come.
    chunks.return?.().catch(() => undefined);
  }
}
