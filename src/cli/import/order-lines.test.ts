import { describe, expect, test } from 'vitest';
import { parseChoice } from './choice-description.ts';
import { readOrderLines, type OrderLine } from './order-lines.ts';
import { idFromName, menuOf } from './order-menu.ts';

const HEADING = 'order_id\tquantity\titem_name\tchoice_description\titem_price\n';
const line = (of: Partial<OrderLine>): OrderLine => ({
  line: 2,
  order: 1,
  quantity: 1,
  item: 'Bowl',
  choices: [[], []],
  amount: 100,
  ...of,
});

describe('a choice', () => {
  test('is what was chosen, and what came with it', () => {
    expect(parseChoice('[Salsa (Mild), [Rice, Sour Cream]]')).toEqual([
      ['Salsa (Mild)'],
      ['Rice', 'Sour Cream'],
    ]);
    expect(parseChoice('[[Red, Green], [Rice], Beans]')).toEqual([
      ['Red', 'Green'],
      ['Rice', 'Beans'],
    ]);
    expect(parseChoice('[Dr. Pepper]')).toEqual([['Dr. Pepper'], []]);
    expect(parseChoice('[]')).toEqual([[], []]);
  });

  test.each([
    '[Rice',
    'Rice]',
    '[Rice]]',
    '[[Rice]',
    'Rice',
    '',
    '[Rice] and more',
    '['.repeat(50),
  ])('whose brackets do not match is none: %s', (text) => expect(parseChoice(text)).toBeNull());
});

describe('lines', () => {
  test('are read with the price of the whole line, in any order of columns', () => {
    const text =
      'item_price\torder_id\tquantity\titem_name\tchoice_description\r\n$1,016.98 \t2\t2\tTea\tNULL\r\n';
    expect(readOrderLines(text)).toEqual({
      lines: [{ line: 2, order: 2, quantity: 2, item: 'Tea', choices: [[], []], amount: 101_698 }],
      faults: [],
    });
  });

  test('that are equal are two lines', () => {
    const row = '1\t1\tTea\tNULL\t$2.00\n';
    expect(readOrderLines(HEADING + row + row)?.lines).toHaveLength(2);
  });

  test.each([
    ['x\t1\tTea\tNULL\t$2', 'order_id'],
    ['1\t0\tTea\tNULL\t$2', 'quantity'],
    ['1\t1.5\tTea\tNULL\t$2', 'quantity'],
    ['1\t-3\tTea\tNULL\t$2', 'quantity'],
    ['1\t1\t \tNULL\t$2', 'item_name'],
    ['1\t1\tTea\t[Milk\t$2', 'choice_description'],
    ['1\t1\tTea\tNULL\tfree', 'item_price'],
    ['1\t1\tTea\tNULL\t$2.001', 'item_price'],
    ['1\t1\tTea\tNULL\t$999999999999', 'item_price'],
    ['1\t1\tTea\tNULL', 'cells'],
  ])('that cannot be used are told with their number: %s', (row, word) => {
    const read = readOrderLines(
      `${HEADING}1\t1\tTea\tNULL\t$2.00\n\n${row}\n2\t1\tTea\tNULL\t$2\n`,
    );
    expect(read?.lines.map((each) => each.line)).toEqual([2, 5]);
    expect(read?.faults).toMatchObject([{ where: 'line 4' }]);
    expect(read?.faults[0]?.detail).toContain(word);
  });

  test('of a file with other columns are none', () => {
    expect(readOrderLines('name,price\nTea,2\n')).toBeNull();
    expect(readOrderLines('')).toBeNull();
  });
});

describe('a menu', () => {
  test('has the price that was paid most often, for one', () => {
    const lines = [
      line({ amount: 200 }),
      line({ amount: 900, quantity: 3 }),
      line({ amount: 300 }),
      line({ amount: 150 }),
    ];
    expect(menuOf(lines).products).toEqual([{ name: 'Bowl', price: 300, groups: [] }]);
  });

  test('has one group for products that share a choice, also through a third', () => {
    const lines = [
      line({ item: 'A', choices: [['red'], ['rice']] }),
      line({ item: 'B', choices: [['green', 'blue', 'green'], []] }),
      line({ item: 'C', choices: [['red', 'green'], []] }),
      line({ item: 'D', choices: [['cola'], []] }),
    ];
    const { products, groups } = menuOf(lines);
    expect(groups).toMatchObject([
      { name: 'A: choice', min: 1, max: 3 },
      { name: 'D: choice', min: 1, max: 1 },
      { name: 'A: extras', min: 1, max: 1 },
    ]);
    expect(groups[0]?.options.map(({ name }) => name).toSorted()).toEqual(['blue', 'green', 'red']);
    expect(products.map((product) => product.groups)).toEqual([
      ['A: choice', 'A: extras'],
      ['A: choice'],
      ['A: choice'],
      ['D: choice'],
    ]);
  });

  test('tells names apart that would have one id', () => {
    const [group] = menuOf([line({ choices: [['Coca Cola', 'Coca-Cola', '可乐'], []] })]).groups;
    const ids = group?.options.map(({ optionId }) => optionId) ?? [];
    expect(ids[0]).toBe('coca-cola');
    expect(new Set(ids).size).toBe(3);
    expect(idFromName('Crème brûlée')).toBe('creme-brulee');
  });
});
