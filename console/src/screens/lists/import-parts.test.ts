import { expect, test } from 'vitest';
import { nextPart, withPart, type PartAnswer } from './import-parts.ts';

/** A server with a file of so many rows, every hundredth of which is refused. */
function sent(rows: number): { readonly sums: PartAnswer | null; readonly requests: number } {
  let sums: PartAnswer | null = null;
  let requests = 0;
  for (let part = nextPart(null); part !== null; part = nextPart(sums)) {
    const { from, most } = part;
    const end = Math.min(rows, from + most);
    const taken = Array.from({ length: end - from }, (_, index) => from + index);
    const rejections = taken
      .filter((row) => row % 100 === 7)
      .map((row) => ({ line: row + 2, code: 'INPUT_INVALID', detail: '', errors: [] }));
    const counts = { created: taken.length - rejections.length, changed: 0, unchanged: 0 };
    const next = end < rows ? end : null;
    sums = withPart(sums, { rows, ...counts, rejected: rejections.length, rejections, next });
    requests += 1;
  }
  return { sums, requests };
}

test('every row is sent once, in parts that grow with the file', () => {
  for (const rows of [1, 200, 201, 1_000, 10_000, 20_000]) {
    const { sums, requests } = sent(rows);
    const { created = 0, rejected = 0, next } = sums ?? {};
    expect([rows, created + rejected, next]).toEqual([rows, rows, null]);
    expect(requests).toBeLessThanOrEqual(11);
  }
  expect(sent(200).requests).toBe(1);
  expect(sent(10_000).requests).toBe(11);
});

test('refused rows keep the line of the file', () => {
  const lines = sent(1_000).sums?.rejections.map(({ line }) => line);
  expect(lines).toEqual([9, 109, 209, 309, 409, 509, 609, 709, 809, 909]);
});

test('what was broken off goes on where it was', () => {
  const one = { created: 200, changed: 0, unchanged: 0, rejected: 0, rejections: [] };
  expect(nextPart({ rows: 3_000, ...one, next: 200 })).toEqual({ from: 200, most: 500 });
});
