import { describe, expect, test } from 'vitest';
import { AT, givenEvents } from '../../../test/support/given.ts';
import { decide } from './decide.ts';
import type { LeadEvent } from './events.ts';
import { evolve, initialState } from './state.ts';

const leads = { initialState, decide, evolve };
const given = (...events: readonly LeadEvent[]) => givenEvents(leads, ...events);
const leadId = 'id-1';
const sessionId = 's-1';
const captured: LeadEvent = {
  type: 'LeadCaptured',
  data: {
    leadId,
    email: 'ana@example.com',
    source: 'quiz',
    language: 'en',
    consents: [{ channel: 'email', wording: 'Write me.' }],
    attribution: {},
    quizId: 'q',
    sessionId,
  },
};
const moved = (from: 'new' | 'won', to: 'won' | 'lost'): LeadEvent => ({
  type: 'LeadMoved',
  data: { leadId, from, to },
});

describe('capturing', () => {
  const capture = (email: string, session: string | null = sessionId) => ({
    type: 'CaptureLead' as const,
    input: {
      contact: { email },
      source: 'quiz' as const,
      consents: [{ channel: 'email' as const, wording: 'Write me.' }],
      ...(session === null ? {} : { sessionId: session }),
    },
  });

  test('Q12: the session again changes nothing, or what it corrected', () => {
    expect(given(captured).when(capture('ana@example.com'))).toEqual([]);
    expect(given(captured).when(capture('ana@example.org'))).toEqual([
      { type: 'LeadContactChanged', data: { leadId, email: 'ana@example.org' } },
    ]);
  });

  test('Q12: anything else with the same id is refused', () => {
    expect(given(captured).when(capture('ana@example.com', 's-2'))).toBe('LEAD_EXISTS');
    expect(given(captured).when(capture('ana@example.com', null))).toBe('LEAD_EXISTS');
  });

  test('consent is kept with its wording and time', () => {
    expect(given(captured).state).toMatchObject({
      consents: [{ channel: 'email', wording: 'Write me.', since: AT }],
    });
  });
});

describe('Q14: the pipeline', () => {
  const move = (stage: 'new' | 'contacted' | 'qualified' | 'lost' | 'won', reason?: string) =>
    ({ type: 'MoveLead', input: { stage, ...(reason === undefined ? {} : { reason }) } }) as const;

  test('forward needs no reason', () => {
    expect(given(captured).when(move('qualified'))).toMatchObject([
      { data: { from: 'new', to: 'qualified' } },
    ]);
    expect(given(captured).when(move('new'))).toEqual([]);
  });

  test('losing, going back and opening again do', () => {
    expect(given(captured).when(move('lost'))).toBe('LEAD_REASON_MISSING');
    expect(given(captured, moved('new', 'won')).when(move('contacted'))).toBe(
      'LEAD_REASON_MISSING',
    );
    expect(given(captured, moved('new', 'lost')).when(move('contacted'))).toBe(
      'LEAD_REASON_MISSING',
    );
    expect(given(captured).when(move('lost', 'too dear'))).toMatchObject([
      { data: { to: 'lost', reason: 'too dear' } },
    ]);
  });
});

describe('getting back to a lead', () => {
  const ask = (reason: 'completed' | 'abandoned' | 'manual', inHours?: number) =>
    ({
      type: 'RequestLeadFollowUp',
      input: { reason, ...(inHours === undefined ? {} : { inHours }) },
    }) as const;

  test('is asked for once, and sooner rather than later', () => {
    const asked = given(captured).when(ask('abandoned'));
    expect(asked).toMatchObject([{ data: { dueAt: '2026-11-22T09:30:00.000Z', quizId: 'q' } }]);
    if (typeof asked === 'string') throw new Error(asked);
    const waiting = given(captured, ...asked);
    expect(waiting.when(ask('completed'))).toEqual([]);
    expect(waiting.when(ask('completed', 1))).toMatchObject([
      { data: { dueAt: '2026-11-21T10:30:00.000Z' } },
    ]);
  });

  test('what is won or lost is left alone', () => {
    expect(given(captured, moved('new', 'won')).when(ask('completed'))).toEqual([]);
    expect(given(captured, moved('new', 'won')).when(ask('manual'))).toHaveLength(1);
  });
});

describe('Q15: a lead is one customer', () => {
  const link = (customerId: string) =>
    ({ type: 'LinkLeadToCustomer', input: { customerId } }) as const;
  const linked: LeadEvent = { type: 'LeadLinkedToCustomer', data: { leadId, customerId: 'c1' } };
  const stream = (id: string) => ({ category: 'customers', id });

  test('who is there and not archived', () => {
    const beside = (status: string) => given(captured).around(stream('c1'), { status });
    expect(beside('active').when(link('c1'))).toEqual([linked]);
    expect(beside('archived').when(link('c1'))).toBe('LEAD_CUSTOMER_UNKNOWN');
    expect(beside('unknown').when(link('c1'))).toBe('LEAD_CUSTOMER_UNKNOWN');
  });

  test('and stays that one', () => {
    const beside = given(captured, linked).around(stream('c2'), { status: 'active' });
    expect(beside.when(link('c1'))).toEqual([]);
    expect(beside.when(link('c2'))).toBe('LEAD_LINKED');
  });
});
