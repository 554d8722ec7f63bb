import { describe, expect, it } from 'vitest';
import { pathOf, ROWS_MAX, stateRows } from './state-rows.ts';

describe('rows of a state', () => {
  it('single values stand with the names above them', () => {
    expect(stateRows({ status: 'open', lines: [{ name: 'Negroni' }], tags: [] }, [])).toEqual([
      { path: ['status'], value: 'open', change: null },
      { path: ['lines', '0', 'name'], value: 'Negroni', change: null },
      { path: ['tags'], value: [], change: null },
    ]);
  });

  it('what an event changed, added and removed is marked', () => {
    const rows = stateRows({ status: 'closed', paid: { amount: 5 }, note: null }, [
      { at: '/status', before: 'open', after: 'closed' },
      { at: '/paid', after: { amount: 5 } },
      { at: '/held', before: ['a'] },
    ]);
    expect(rows).toEqual([
      { path: ['status'], value: 'closed', change: 'changed', before: 'open' },
      { path: ['paid', 'amount'], value: 5, change: 'added' },
      { path: ['note'], value: null, change: null },
      { path: ['held', '0'], value: undefined, change: 'removed', before: 'a' },
    ]);
  });

  it('within a part that changed as a whole each value is compared with its own', () => {
    const rows = stateRows({ total: { net: 2, tax: 1 } }, [
      { at: '/total', before: { net: 1 }, after: { net: 2, tax: 1 } },
    ]);
    expect(rows.map(({ change, before }) => [change, before])).toEqual([
      ['changed', 1],
      ['added', undefined],
    ]);
  });

  it('names with slashes and tildes come back whole, and a huge state is cut', () => {
    expect(pathOf('/a~1b/c~0d')).toEqual(['a/b', 'c~d']);
    expect(
      stateRows(
        Array.from({ length: ROWS_MAX * 3 }, (_, at) => at),
        [],
      ),
    ).toHaveLength(ROWS_MAX);
  });
});
