import { expect, test } from 'vitest';
import type { ReadRow, RowListQuery } from '../../projections/projections.ts';
import { scanRows, SCANNED_ROWS_MAX } from './routes-scan.ts';

/** Rows 0 to `count - 1`; a cursor is the number of the last one seen. */
function rowsOf(count: number) {
  const looks: number[] = [];
  return {
    looks,
    reader: {
      async list({ after, limit }: RowListQuery) {
        const from = after === undefined ? 0 : Number(after) + 1;
        const until = Math.min(count, from + limit);
        looks.push(until - from);
        const items = Array.from({ length: until - from }, (_, index) => rowOf(from + index));
        return { items, next: String(until - 1), more: until < count };
      },
    },
  };
}

function rowOf(index: number): ReadRow {
  return { key: String(index), row: {}, incomplete: false };
}

const asked = { tenant: 'cafe', filters: {} };

test('where every row is wanted no more are read than are given', async () => {
  const { looks, reader } = rowsOf(2_000);
  const page = await scanRows(reader, asked, { limit: 500, matches: () => true });
  expect(page.items).toHaveLength(500);
  expect([page.next, page.more]).toEqual(['499', true]);
  expect(looks).toEqual([500]);
});

test('going on from page to page finds every row that is wanted, once', async () => {
  const { reader } = rowsOf(3_456);
  const matches = ({ key }: ReadRow): boolean => Number(key) % 7 === 0;
  const found: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await scanRows(reader, { ...asked, after }, { limit: 40, matches });
    expect(page.items.length).toBeLessThanOrEqual(40);
    found.push(...page.items.map(({ key }) => key));
    if (!page.more) break;
    after = page.next;
  }
  expect(found).toEqual(
    Array.from({ length: 3_456 }, (_, index) => String(index)).filter(
      (key) => Number(key) % 7 === 0,
    ),
  );
});

test('a look that finds nothing ends early and can be gone on with', async () => {
  const { looks, reader } = rowsOf(SCANNED_ROWS_MAX * 3);
  const page = await scanRows(reader, asked, { limit: 10, matches: () => false });
  expect([page.items.length, page.more]).toEqual([0, true]);
  expect(looks.reduce((sum, count) => sum + count, 0)).toBeLessThan(SCANNED_ROWS_MAX + 1_001);
});
