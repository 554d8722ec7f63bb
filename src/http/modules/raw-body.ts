/** The body of a request as bytes while they arrive, bounded in size and time: for uploads. */
import type { FastifyRequest } from 'fastify';
import { Failure } from '../../core/errors.ts';
import { chunksInTime } from '../chunks-in-time.ts';
import { isSenderGone } from '../json-body.ts';

/**
 * Errors: TOO_LARGE, INPUT_INVALID (too slow, cut off), UNSUPPORTED_MEDIA_TYPE for a compressed body. A declared length
 * is refused before the first byte.
 */
export async function* rawBody(
  request: FastifyRequest,
  bounds: { readonly bytesMax: number; readonly msMax: number },
): AsyncIterable<Uint8Array> {
  const { headers, raw } = request;
  if (headers['content-encoding'] !== undefined)
    throw new Failure('UNSUPPORTED_MEDIA_TYPE', 'This endpoint takes no compressed body.');
  if (Number(headers['content-length'] ?? 0) > bounds.bytesMax) throw tooLarge(bounds.bytesMax);
  let bytes = 0;
  try {
    for await (const part of chunksInTime(raw, bounds.msMax)) {
      bytes += part.length;
      if (bytes > bounds.bytesMax) throw tooLarge(bounds.bytesMax);
      yield part;
    }
  } catch (error) {
    if (isSenderGone(error)) throw new Failure('INPUT_INVALID', 'The body was cut off.');
    throw error;
  }
}

function tooLarge(bytesMax: number): Failure {
  return new Failure('TOO_LARGE', `The body may have ${bytesMax} bytes at most here.`);
}
