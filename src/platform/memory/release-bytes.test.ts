import { expect, test } from 'vitest';
import { releaseBytes } from './release-bytes.ts';

const LARGE = 100_000;

test('what is released is empty, and so is every view on it', () => {
  const bytes = Buffer.allocUnsafe(LARGE);
  const view = bytes.subarray(10, 20);
  releaseBytes(bytes);
  expect(bytes).toHaveLength(0);
  expect(view).toHaveLength(0);
});

test('a view on a part releases the whole', () => {
  const bytes = Buffer.allocUnsafe(LARGE);
  releaseBytes(bytes.subarray(0, 10));
  expect(bytes).toHaveLength(0);
});

test('what lies in the pool stays, for others have their bytes there', () => {
  const pooled = Buffer.allocUnsafe(20_000);
  pooled.fill(1);
  expect(pooled.buffer.byteLength).toBeGreaterThan(20_000);
  releaseBytes(pooled);
  expect(pooled).toHaveLength(20_000);
  expect(Buffer.from('others').toString()).toBe('others');
});

test('small buffers and shared ones stay', () => {
  const small = Buffer.allocUnsafeSlow(1_000);
  const shared = new Uint8Array(new SharedArrayBuffer(LARGE));
  releaseBytes(small);
  releaseBytes(shared);
  expect([small.length, shared.length]).toEqual([1_000, LARGE]);
});
