import { expect, test } from 'vitest';
import type { SendResult, TransportErrorClass } from '../../core/message-transport.ts';
import { ATTEMPTS_MAX, RETRY_NEXT_DAY_MS } from '../limits.ts';
import { settleResult } from './settle-result.ts';

const NOW_MS = Date.parse('2026-03-01T12:00:00Z');

function settle(result: SendResult, attempt = 1, campaignId: string | null = 'c1') {
  return settleResult({ messageId: 'm1', campaignId, attempt, nowMs: NOW_MS }, result);
}

function refused(kind: TransportErrorClass): SendResult {
  return {
    kind: 'refused',
    error: { class: kind, code: '1', detail: 'because' },
    retryAfterMs: null,
  };
}

function waits(result: SendResult, attempt = 1): number {
  const { outcome } = settle(result, attempt);
  expect(outcome.state).toBe('waiting');
  return outcome.dueAtUs / 1000 - NOW_MS;
}

test('what the provider accepted is accepted', () => {
  const { facts, outcome, effect } = settle({ kind: 'accepted', providerId: 'w1' });
  expect(facts.map(({ type }) => type)).toEqual(['MessageAccepted']);
  expect(outcome).toMatchObject({ state: 'accepted', providerId: 'w1' });
  expect(effect).toBeNull();
});

test('what nobody knows is never sent again by itself, and a person decides after ten minutes', () => {
  const { facts, outcome } = settle({ kind: 'unknown' });
  expect(outcome.state).toBe('unknown');
  expect(facts.at(-1)).toEqual({
    type: 'MessageOutcomeUnknown',
    data: { messageId: 'm1', attempt: 1, decideFrom: '2026-03-01T12:10:00.000Z' },
  });
});

test('what never left, and what the provider cannot take now, waits longer each time and fails at last', () => {
  for (const result of [{ kind: 'not-sent' } as const, refused('retry'), refused('slow-down')]) {
    expect(waits(result, 2)).toBe(2 * waits(result, 1));
    expect(settle(result, ATTEMPTS_MAX).outcome.state).toBe('ended');
  }
});

test('a pair that is full waits four times longer each time', () => {
  expect([1, 2, 3].map((attempt) => waits(refused('pair'), attempt))).toEqual([1000, 4000, 16_000]);
});

test('a pause that the provider asked for is kept', () => {
  const asked: SendResult = { ...refused('retry'), retryAfterMs: 90_000 } as SendResult;
  expect(waits(asked)).toBe(90_000);
});

test('a sender that cannot be used blocks all of it and fails no message', () => {
  const { outcome, effect } = settle(refused('sender'), 50);
  expect([outcome.state, effect?.kind]).toEqual(['waiting', 'block-sender']);
});

test('an error that endangers the number pauses the campaign; a single message fails', () => {
  expect(settle(refused('campaign')).effect).toEqual({
    kind: 'pause-campaign',
    campaignId: 'c1',
    reason: 'campaign 1',
  });
  expect(settle(refused('campaign'), 1, null).outcome.state).toBe('ended');
});

test('enough for today is tried once more after a day', () => {
  expect(waits(refused('next-day'))).toBe(RETRY_NEXT_DAY_MS);
  expect(settle(refused('next-day'), 2).outcome.state).toBe('ended');
});

test('a recipient that cannot or does not want is never tried again', () => {
  for (const kind of ['recipient', 'content', 'opted-out'] as const)
    expect(settle(refused(kind)).outcome.state).toBe('ended');
  expect(settle(refused('opted-out')).effect).toEqual({ kind: 'opt-out' });
  expect(settle(refused('recipient')).effect).toBeNull();
});
