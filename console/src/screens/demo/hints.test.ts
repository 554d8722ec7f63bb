import { expect, test } from 'vitest';
import { isHintShown, type HintCase } from './hints.ts';

const hints = ['today-moves-by-itself', 'kitchen-bump-a-ticket', 'break-it'];
const cook: HintCase = {
  demo: { hints, breakIt: false },
  permissions: ['orders:cook'],
  dismissed: '',
};

test('a hint is shown to whoever may follow it', () => {
  expect(isHintShown('kitchen-bump-a-ticket', cook)).toBe(true);
  expect(isHintShown('today-moves-by-itself', cook)).toBe(true);
  expect(isHintShown('kitchen-bump-a-ticket', { ...cook, permissions: [] })).toBe(false);
});

test('a hint is shown until it was dismissed, and the others stay', () => {
  const dismissed = 'events-time-machine kitchen-bump-a-ticket';
  expect(isHintShown('kitchen-bump-a-ticket', { ...cook, dismissed })).toBe(false);
  expect(isHintShown('today-moves-by-itself', { ...cook, dismissed })).toBe(true);
});

test('there is none outside the demo, nor one that the server does not name', () => {
  expect(isHintShown('today-moves-by-itself', { ...cook, demo: null })).toBe(false);
  expect(isHintShown('guest-erase', { ...cook, permissions: ['persons:erase'] })).toBe(false);
});

test('breaking things is hinted to the owner alone', () => {
  expect(isHintShown('break-it', cook)).toBe(false);
  expect(isHintShown('break-it', { ...cook, demo: { hints, breakIt: true } })).toBe(true);
});
