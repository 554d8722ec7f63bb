import { expect, test } from 'vitest';
import { messageUse } from '../../../../src/modules/messages/events.ts';
import { NOTHING_SET, noticesFault, USES, waysOf, withWays } from './notices.ts';

const WAY = { senderId: 'desk', templateId: 'hello' };

test('every use of the server can be set', () => {
  expect(messageUse.anyOf.map((each) => each.const)).toEqual([...USES]);
});

test('a use that loses its last way is not written any more', () => {
  const on = withWays(NOTHING_SET, 'receipt', [WAY]);
  expect(waysOf(on, 'receipt')).toEqual([WAY]);
  expect(withWays(on, 'receipt', [])).toEqual(NOTHING_SET);
});

test('uses keep their order whatever is changed first', () => {
  const both = withWays(withWays(NOTHING_SET, 'receipt', [WAY]), 'booking-confirmed', [WAY]);
  expect(both.uses.map(({ use }) => use)).toEqual(['booking-confirmed', 'receipt']);
});

test('what the server would refuse is said before', () => {
  expect(noticesFault(NOTHING_SET)).toBeNull();
  expect(noticesFault({ ...NOTHING_SET, reminderHours: null })).toBe('hours');
  expect(noticesFault({ ...NOTHING_SET, reminderHours: 200 })).toBe('hours');
  expect(noticesFault({ ...NOTHING_SET, linkBase: 'https://example.com' })).toBeNull();
  expect(noticesFault({ ...NOTHING_SET, linkBase: 'https://example.com/path' })).toBe('link');
  const open = withWays(NOTHING_SET, 'receipt', [{ ...WAY, templateId: '' }]);
  expect(noticesFault(open)).toBe('way');
});
