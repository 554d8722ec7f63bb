import type { Readable } from 'node:stream';
import { Failure } from '../core/errors.ts';
import { createDeadline } from './deadline.ts';

/**
 * The bytes of a body while they arrive. Whoever is too slow is refused on the connection, which stays until the answer is
 * out: destroying the request would take the answer with it. Errors: INPUT_INVALID, those of the stream.
 */
export async function* chunksInTime(body: Readable, msMax: number): AsyncGenerator<Buffer> {
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => undefined);
  const deadline = createDeadline(msMax, () =>
    late.reject(new Failure('INPUT_INVALID', 'The body did not arrive in time.')),
  );
  const chunks = body.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const step = await Promise.race([chunks.next(), late.promise]);
      if (step.done === true) return;
      // safe because the body of a request without an encoding set is read as buffers
      yield step.value as Buffer;
    }
  } finally {
    deadline.end();
    // Not waited for: a chunk that is still awaited comes first, and may never come.
    chunks.return?.().catch(() => undefined);
  }
}
