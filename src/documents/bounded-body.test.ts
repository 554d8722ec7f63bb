import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { boundedBody } from './bounded-body.ts';

const LONG_MS = 60_000;

test.each([
  ['stalls', { idleMs: 10, wholeMs: LONG_MS }, /stalled/],
  ['takes too long', { idleMs: LONG_MS, wholeMs: 10 }, /too long/],
])('an upload that %s is refused, and its connection stays for the refusal', async (...row) => {
  const [, limits, says] = row;
  const body = new PassThrough();
  body.write('%PDF-');
  await expect(Array.fromAsync(boundedBody(body, limits))).rejects.toThrow(says);
  expect(body.destroyed).toBe(false);
});

test('an upload that breaks off is an invalid input', async () => {
  const body = new PassThrough();
  body.write('%PDF-');
  const reading = Array.fromAsync(boundedBody(body));
  body.destroy(new Error('gone'));
  await expect(reading).rejects.toMatchObject({ code: 'INPUT_INVALID' });
});
