import { describe, expect, it } from 'vitest';
import { eventOf, groupsOf, mendedDraft, problemOf, type DeadLetter } from './groups.ts';

function letter(code: string, status: DeadLetter['status'] = 'open'): DeadLetter {
  return {
    id: 'd1',
    status,
    code,
    detail: '',
    attempts: 1,
    createdAt: '2026-11-22T12:00:00Z',
    settledAt: null,
    position: null,
    source: '/till',
    eventId: 'e1',
    storedEventId: null,
    type: 't',
    event: { specversion: '1.0', id: 'e1', source: '/till', type: 't', data: { note: "it's" } },
  };
}

describe('dead letters', () => {
  it('are grouped by code, the most frequent first, with those that are open', () => {
    expect(groupsOf([letter('A'), letter('B'), letter('B', 'discarded')])).toEqual([
      { code: 'B', count: 2, open: 1 },
      { code: 'A', count: 1, open: 1 },
    ]);
  });

  it('a mended event is a new one that names the refused one', () => {
    const event = eventOf(mendedDraft(letter('A'), 'new'));
    expect(event).toMatchObject({ id: 'new', causationid: 'e1', source: '/till' });
  });

  it('what cannot be an event is said before it is sent', () => {
    expect(problemOf('{')).toBe('json');
    expect(problemOf('[]')).toBe('object');
    expect(problemOf('{"id":"x"}')).toBe('attributes');
    expect(problemOf(mendedDraft(letter('A'), 'new'))).toBeNull();
  });
});
