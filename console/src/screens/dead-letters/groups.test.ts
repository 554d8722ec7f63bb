import { describe, expect, it } from 'vitest';
import { groupsOf, mendedDraft, problemOf, retryBody, type DeadLetter } from './groups.ts';

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

function draft(): string {
  return mendedDraft(JSON.stringify(letter('A')), { eventId: 'e1', newId: 'new' });
}

describe('dead letters', () => {
  it('are grouped by code, the most frequent first, with those that are open', () => {
    expect(groupsOf([letter('A'), letter('B'), letter('B', 'discarded')])).toEqual([
      { code: 'B', count: 2, open: 1 },
      { code: 'A', count: 1, open: 1 },
    ]);
  });

  it('a mended event is a new one that names the refused one', () => {
    const { event } = JSON.parse(retryBody(draft()));
    expect(event).toMatchObject({ id: 'new', causationid: 'e1', source: '/till' });
  });

  it('an event keeps every digit of its numbers from the letter to the retry', () => {
    const text = '{"event":{"id":"e1","data":{"n":12345678901234567890,"price":1.50}}}';
    const sent = retryBody(mendedDraft(text, { eventId: 'e1', newId: 'new' }));
    expect(sent).toMatch(/"n": 12345678901234567890,\s+"price": 1\.50\n/);
  });

  it('what cannot be an event is said before it is sent', () => {
    expect(problemOf('{')).toBe('json');
    expect(problemOf('[]')).toBe('object');
    expect(problemOf('{"id":"x"}')).toBe('attributes');
    expect(problemOf(draft())).toBeNull();
  });
});
