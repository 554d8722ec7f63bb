import { expect, test } from 'vitest';
import { Failure } from '../../core/errors.ts';
import { DatabaseError } from '../../platform/postgres/database.ts';
import { eachRow } from './each-row.ts';

const rows = Array.from({ length: 200 }, (_, index) => index);
const exhausted = new DatabaseError('not-sent', 'all connections are in use');

test('a row that finds no connection is tried again, and no other is done twice', async () => {
  const tries = new Map<number, number>();
  const work = (row: number): Promise<void> => {
    const before = tries.get(row) ?? 0;
    tries.set(row, before + 1);
    return row % 7 === 0 && before < 2 ? Promise.reject(exhausted) : Promise.resolve();
  };
  await eachRow(rows, work, [1, 1]);
  expect([...tries.keys()]).toEqual(rows);
  expect(rows.map((row) => tries.get(row))).toEqual(rows.map((row) => (row % 7 === 0 ? 3 : 1)));
});

test('a database that stays away ends it with how far it came and what to do', async () => {
  let tried = 0;
  const work = (row: number): Promise<void> => {
    tried += 1;
    return row === 150 ? Promise.reject(exhausted) : Promise.resolve();
  };
  const failed = await eachRow(rows, work, [1]).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 'UNAVAILABLE', cause: exhausted });
  expect((failed as Failure).message).toMatch(
    /^The database is too busy: 1\d\d of 200 rows are done/,
  );
  expect((failed as Failure).message).toContain('Send the same file again');
  // Rows that others were at are finished, no more are begun.
  const before = tried;
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([tried, tried < 210]).toEqual([before, true]);
});

test('what does not pass by itself ends it at once, as it is', async () => {
  let tried = 0;
  const broken = new Failure('STORAGE_FULL', 'The disk is full.');
  const work = (): Promise<void> => {
    tried += 1;
    return Promise.reject(broken);
  };
  await expect(eachRow([1], work, [1, 1])).rejects.toBe(broken);
  expect(tried).toBe(1);
});
