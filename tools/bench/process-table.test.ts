import { expect, test } from 'vitest';
import { cpuOf, descendantsOf, parseStat, residentMb } from './process-table.ts';
import type { ProcessEntry } from './process-table.ts';

const LINE =
  '4711 (postgres) S 4700 4711 4711 0 -1 4194560 9 8 7 6 1234 56 700 80 20 0 1 0 99999 22 33 44';

function entry(pid: number, parent: number, rest: Partial<ProcessEntry> = {}): ProcessEntry {
  return { pid, parent, name: 'node', ownTicks: 100, waitedTicks: 0, ...rest };
}

test('a line of /proc/PID/stat is read by the field numbers of proc(5)', () => {
  expect(parseStat(LINE)).toEqual({
    pid: 4711,
    parent: 4700,
    name: 'postgres',
    ownTicks: 1290,
    waitedTicks: 780,
  });
});

test('a name with brackets and blanks does not shift the fields', () => {
  const line = LINE.replace('(postgres)', '(a) b (c)');
  expect(parseStat(line)).toMatchObject({ name: 'a) b (c', parent: 4700, ownTicks: 1290 });
});

test('a line that is cut short is no process', () => {
  expect(parseStat('')).toBeUndefined();
  expect(parseStat('12 (node) S 1 2')).toBeUndefined();
});

const postgres = { name: 'postgres' };
const processes = [
  entry(1, 0),
  entry(10, 1, { waitedTicks: 5_000 }),
  entry(11, 10, { name: 'esbuild' }),
  entry(20, 10, { ...postgres, waitedTicks: 30 }),
  entry(21, 20, postgres),
  entry(22, 20, { ...postgres, ownTicks: 50 }),
  entry(30, 1, { ...postgres, ownTicks: 7_000 }),
  entry(40, 1),
];

test('PostgreSQL below the server is counted apart, ended backends included, strangers not', () => {
  expect(cpuOf(processes, { server: 10 })).toEqual({ serverSeconds: 2, postgresSeconds: 2.8 });
});

test('a PostgreSQL that runs elsewhere counts when it is named', () => {
  expect(cpuOf(processes, { server: 40, postmasters: [20] })).toEqual({
    serverSeconds: 1,
    postgresSeconds: 2.8,
  });
});

test('a postmaster named and found is counted once', () => {
  expect(cpuOf(processes, { server: 10, postmasters: [20] }).postgresSeconds).toBe(2.8);
});

test('descendants include grandchildren and the root', () => {
  expect(descendantsOf(processes, 10).map(({ pid }) => pid)).toEqual([10, 11, 20, 21, 22]);
});

test('a process that ended has no memory', () => {
  expect(residentMb(2 ** 30)).toBe(0);
});
