import { expect, test } from 'vitest';
import {
  cleaned,
  conditionOn,
  faultsAt,
  faultsElsewhere,
  freeId,
  idOf,
  moved,
  newQuestion,
  ofKind,
  textOf,
  unwritten,
  type Draft,
} from './quiz-draft.ts';

const EMPTY: Draft = { title: { en: 'Guests' }, languages: ['en'], questions: [], endings: [] };

test('a new question has an id that no other one has', () => {
  const one = newQuestion(EMPTY, 'single');
  const draft = { ...EMPTY, questions: [one] };
  expect([one.id, newQuestion(draft, 'single').id]).toEqual(['single-1', 'single-2']);
  expect(freeId('option', [{ id: 'option-2' }])).toBe('option-1');
});

test('one of a list moves by one place, and not beyond its ends', () => {
  expect(moved(['a', 'b', 'c'], { from: 2, by: -1 })).toEqual(['a', 'c', 'b']);
  const list = ['a', 'b'];
  expect(moved(list, { from: 0, by: -1 })).toBe(list);
  expect(moved(list, { from: 1, by: 1 })).toBe(list);
});

test('another kind takes what is its own and leaves what is not', () => {
  const scale = { ...newQuestion(EMPTY, 'scale'), max: 10 };
  expect(ofKind(scale, 'number')).toMatchObject({ kind: 'number', min: 1, max: 10 });
  const single = ofKind(scale, 'single');
  expect(single).toMatchObject({ kind: 'single', options: [] });
  expect(Object.keys(single)).not.toContain('max');
});

test('blank texts and those of languages that the quiz lost are not sent', () => {
  const question = {
    ...newQuestion(EMPTY, 'text'),
    title: { en: ' Wishes ', pl: 'Życzenia' },
    help: { en: '  ' },
  };
  const sent = cleaned({ ...EMPTY, questions: [question] });
  expect(sent.questions[0]).toEqual({
    id: 'text-1',
    kind: 'text',
    title: { en: 'Wishes' },
    required: true,
  });
});

test('what has no words at all is told where it stands, before it is sent', () => {
  const question = {
    ...newQuestion(EMPTY, 'single'),
    title: { en: 'Tea?' },
    options: [{ id: 'option-1', label: {} }],
  };
  const draft = { ...EMPTY, title: {}, questions: [question], variables: [{ id: '', initial: 0 }] };
  expect(unwritten(cleaned(draft)).map(({ code, at }) => [code, at])).toEqual([
    ['TEXT_MISSING', null],
    ['TEXT_MISSING', 'single-1'],
    ['NAME_MISSING', null],
  ]);
  expect(unwritten(EMPTY)).toEqual([]);
});

test('a fault is shown at its question, or above all where it has none', () => {
  const draft = { ...EMPTY, questions: [newQuestion(EMPTY, 'text')] };
  const faults = [
    { code: 'UNREACHABLE', at: 'text-1', names: [] },
    { code: 'ENDING_MISSING', at: null, names: [] },
    { code: 'ID_TWICE', at: 'gone', names: [] },
  ];
  expect(faultsAt(faults, 'text-1')).toEqual(faults.slice(0, 1));
  expect(faultsElsewhere(faults, draft)).toEqual(faults.slice(1));
});

test('a slug is made of any title', () => {
  expect(idOf('Jaki z Ciebie gość? Łódź!', { max: 60 })).toBe('jaki-z-ciebie-gosc-lodz-');
  expect(idOf('---', { max: 60 })).toBe('');
});

test('a text is shown in the language of the reader, of a country too, else in the first', () => {
  expect(textOf({ en: 'Tea', 'pt-BR': 'Chá' }, 'pt')).toBe('Chá');
  expect(textOf({ en: '', pl: 'Herbata' }, 'en')).toBe('Herbata');
  expect(textOf(undefined, 'en')).toBe('');
});

test('a condition begins with what its question can be asked', () => {
  expect(conditionOn(newQuestion(EMPTY, 'text'))).toEqual({ question: 'text-1', is: 'answered' });
  expect(conditionOn(newQuestion(EMPTY, 'scale'))).toEqual({ question: 'scale-1', is: 'equals' });
});
