/**
 * Gives large buffers back as soon as they are used up.
 *
 * V8 collects all generations for every 64 MB of buffers that were made since the last time, dead ones too: at full load
 * that was two and a half times a second and a quarter of the server's CPU. What was given back does not count.
 */
import { isMarkedAsUntransferable } from 'node:worker_threads';

/** Below this it gains less than it costs. */
const RELEASED_BYTES_MIN = 16 * 1024;

/**
 * Frees the memory under `bytes`, of which nobody else may have a view any more: `bytes` is empty afterwards, and so are
 * they. Memory of Node's pool, where others have their bytes, is left alone: Node marks it.
 */
export function releaseBytes({ buffer }: ArrayBufferView): void {
  if (buffer.byteLength < RELEASED_BYTES_MIN || !(buffer instanceof ArrayBuffer)) return;
  if (!isMarkedAsUntransferable(buffer)) buffer.transfer(0);
}
