import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { OPTIONS, type Operation } from '../../../../src/documents/operations.ts';
import {
  ONE_LOCKED,
  ONE_OPEN,
  OPERATION_FORMS,
  moved,
  optionsOf,
  problemOf,
  type OperationName,
  type Typed,
} from './operation-forms.ts';

const TYPED: Partial<Record<OperationName, Typed>> = {
  split: { parts: '1-2\n\n 4, 6 – 8 ' },
  reorder: { pages: '3, 1-2' },
  watermark: { text: ' Draft ', opacity: 50 },
  protect: { password: 'open sesame', print: false },
  unlock: { password: 'open sesame' },
  setMetadata: { title: 'Menu' },
};

// safe because the keys of the table are its operations
const NAMES = Object.keys(OPTIONS) as Operation[];

test('every operation of the server has a form and a place where it is offered', () => {
  expect(Object.keys(OPERATION_FORMS).toSorted()).toEqual(NAMES.toSorted());
  expect([...ONE_OPEN, ...ONE_LOCKED, 'merge'].toSorted()).toEqual(NAMES.toSorted());
});

test.each(NAMES)('what the form of %s makes is what the server takes', (name) => {
  const typed = TYPED[name] ?? {};
  const options = optionsOf(name, typed);
  expect(Value.Check(OPTIONS[name], options), JSON.stringify(options)).toBe(true);
  for (const field of OPERATION_FORMS[name]) expect(problemOf(field, typed, 9)).toBeNull();
});

test('every option of the server has a field', () => {
  for (const name of NAMES) {
    const fields = OPERATION_FORMS[name].filter((field) => !('isOwn' in field));
    expect(fields.map((field) => field.name).toSorted(), name).toEqual(
      Object.keys(OPTIONS[name].properties).toSorted(),
    );
  }
});

test('a property that is left empty stays, unless the form says that it goes', () => {
  expect(optionsOf('setMetadata', { title: 'Menu' })).toEqual({ title: 'Menu' });
  expect(optionsOf('setMetadata', { title: 'Menu', clearEmpty: true })).toEqual({
    title: 'Menu',
    author: '',
    subject: '',
    keywords: '',
  });
});

test('a number is whole and within its limits', () => {
  expect(optionsOf('watermark', { text: 'Draft', opacity: 0 })['opacity']).toBe(0.05);
  expect(optionsOf('thumbnail', { page: 1.6, width: 9_000 })).toEqual({ page: 2, width: 1600 });
  expect(optionsOf('thumbnail', { page: null })).toEqual({ page: 1, width: 320 });
});

describe('pages', () => {
  const [field] = OPERATION_FORMS.reorder;
  const of = (pages: string, count: number | null = 5) => problemOf(field!, { pages }, count)?.key;

  test.each(['1', '5-1', '1 - 3, 5', '2–4'])('%s can be sent', (pages) => {
    expect(of(pages)).toBeUndefined();
  });

  test('that are missing, unclear or not in the document are told', () => {
    expect(of('  ')).toBe('needed');
    expect(of('one')).toBe('pages-unclear');
    expect(of('1-')).toBe('pages-unclear');
    expect(of('1-6')).toBe('pages-beyond');
    expect(of('0')).toBe('pages-beyond');
    expect(of('0', null)).toBe('pages-unclear');
  });
});

test('a document moves by one place and never beyond the ends', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});
