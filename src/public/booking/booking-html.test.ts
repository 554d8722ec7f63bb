/** What a guest is told that cancelling costs, before it is done. */
import { expect, test } from 'vitest';
import type { CancelTerms } from '../../modules/reservations/index.ts';
import type { Visit } from '../visit.ts';
import { WORDS } from '../words/index.ts';
import { costText } from './booking-html.ts';

const FREE: CancelTerms = { late: false, fee: null, refund: null, kept: null };
const euros = (amount: number) => ({ amount, currency: 'EUR' as const });

// safe because words and language are all that the sentence is made of
const visit = { words: WORDS.en, language: 'en' } as Visit;

test.each<[string, Partial<CancelTerms>]>([
  ['Cancelling costs nothing now.', {}],
  ['Cancelling costs nothing now. You get €40.00 back.', { refund: euros(4000) }],
  ['It is late to cancel, but nothing becomes due.', { late: true }],
  [
    'It is late to cancel, but nothing becomes due. You get €40.00 back.',
    { late: true, refund: euros(4000) },
  ],
  ['It is late: €60.00 becomes due.', { late: true, fee: euros(6000) }],
  [
    'It is late: €40.00 of your deposit is kept, and €20.00 more becomes due.',
    { late: true, fee: euros(2000), kept: euros(4000) },
  ],
  ['It is late: €40.00 of your deposit is kept.', { late: true, kept: euros(4000) }],
  [
    'It is late: €30.00 of your deposit is kept. You get €10.00 back.',
    { late: true, kept: euros(3000), refund: euros(1000) },
  ],
])('%s', (text, terms) => {
  expect(costText(visit, { ...FREE, ...terms })).toBe(text);
});
