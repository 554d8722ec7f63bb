import { expect, test } from 'vitest';
import { numberTextOf } from '../../../../src/modules/invoices/invoice-terms.ts';
import { nextNumber, seriesFault, type SeriesDraft } from './series.ts';

test('the next number is written as the server will write it', () => {
  expect(nextNumber({ id: 'INV-2026', next: 42 })).toBe(numberTextOf('INV-2026', 42));
});

test('what the server would refuse is said before', () => {
  const draft: SeriesDraft = { kind: 'invoice', prefix: 'FV', year: 2026, next: 418 };
  const fault = (part: Partial<SeriesDraft>) =>
    seriesFault({ ...draft, ...part }, [{ id: 'OLD-2026', kind: 'invoice', next: 3 }]);
  expect(fault({})).toBeNull();
  expect(fault({ prefix: 'fv' })).toBe('prefix');
  expect(fault({ prefix: '' })).toBe('prefix');
  expect(fault({ year: null })).toBe('year');
  expect(fault({ next: 1 })).toBe('next');
  expect(fault({ prefix: 'OLD' })).toBe('taken');
});
