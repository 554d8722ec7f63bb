import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketOfTenant } from './bucket.ts';

describe('bucketOfTenant', () => {
  test('golden values never change', () => {
    const golden = [
      '',
      'default',
      'demo',
      'acme',
      'tenant-1',
      'tenant-2',
      'Zoë',
      '店',
      'a'.repeat(200),
    ];
    expect(golden.map((tenant) => bucketOfTenant(tenant, 65_536))).toEqual([
      31_755, 42_284, 1_081, 46_018, 16_655, 13_268, 24_875, 31_739, 33_849,
    ]);
    expect(golden.map((tenant) => bucketOfTenant(tenant, 16))).toEqual([
      11, 12, 9, 2, 15, 4, 11, 11, 9,
    ]);
  });

  test('every tenant falls into a bucket that exists', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 1_024 }),
        (tenant, count) => {
          const bucket = bucketOfTenant(tenant, count);
          return Number.isInteger(bucket) && bucket >= 0 && bucket < count;
        },
      ),
    );
  });

  test('numbered tenants spread evenly over sixteen buckets', () => {
    const counts = Array.from({ length: 16 }, () => 0);
    for (let i = 0; i < 16_000; i += 1) counts[bucketOfTenant(`tenant-${i}`, 16)]! += 1;
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(Math.max(...counts)).toBeLessThan(1_200);
  });
});
