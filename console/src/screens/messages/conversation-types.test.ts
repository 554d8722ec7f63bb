import { describe, expect, test } from 'vitest';
import {
  bubblesOf,
  filled,
  isFitTemplate,
  olderLines,
  startsDay,
  windowLeftMs,
  type Line,
  type MessageRow,
  type TemplateRow,
} from './conversation-types.ts';

const AT = '2026-11-22T12:00:00.000Z';
const NOW = Date.parse(AT);
const HOUR_MS = 3_600_000;

describe('the window of WhatsApp', () => {
  const left = (lastInboundAt: string | null, channel: 'whatsapp' | 'email' = 'whatsapp') =>
    windowLeftMs({ channel, lastInboundAt }, NOW);

  test('is open for 24 hours after the person wrote', () => {
    expect(left('2026-11-22T11:00:00.000Z')).toBe(23 * HOUR_MS);
    expect(left('2026-11-21T12:00:00.000Z')).toBe(0);
    expect(left('2026-11-01T12:00:00.000Z')).toBe(0);
    expect(left(null)).toBe(0);
  });

  test('is none of e-mail', () => {
    expect(left(null, 'email')).toBeNull();
  });
});

const line = (messageId: string, at: string, from: Line['from'] = 'house'): Line => ({
  from,
  messageId,
  kind: 'text',
  text: messageId,
  at,
});
const row = (id: string, requestedAt: string): MessageRow => ({
  id,
  status: 'delivered',
  templateId: null,
  language: null,
  reason: null,
  heldUntil: null,
  decideFrom: null,
  requestedAt,
  changedAt: requestedAt,
});

describe('a thread', () => {
  const asked = line('wamid.1', '2026-11-22T11:00:00.000Z', 'person');
  const answer = line('reply.1', '2026-11-22T11:05:00.000Z');

  test('has each message of the house beside what became of it', () => {
    const bubbles = bubblesOf([asked, answer], [row('reply.1', answer.at)]);
    expect(bubbles.map(({ message }) => message?.status ?? null)).toEqual([null, 'delivered']);
  });

  test('shows what left beside the answers, in its place, and nothing older than its lines', () => {
    const stop = row('stop.1', '2026-11-22T11:02:00.000Z');
    const old = row('reply.0', '2026-10-01T11:02:00.000Z');
    const ids = bubblesOf([asked, answer], [old, stop]).map(({ messageId }) => messageId);
    expect(ids).toEqual(['wamid.1', 'stop.1', 'reply.1']);
  });

  test('keeps the order of what was written in the same second', () => {
    const twin = line('reply.2', asked.at);
    expect(bubblesOf([asked, twin], [])[0]?.messageId).toBe('wamid.1');
  });

  test('begins a day where it changes', () => {
    const bubbles = bubblesOf([line('a', '2026-11-20T12:00:00.000Z'), asked, answer], []);
    expect(bubbles.map((_, at) => startsDay(bubbles, at))).toEqual([true, true, false]);
  });
});

describe('a template', () => {
  const template: TemplateRow = {
    id: 't',
    name: 't',
    channel: 'whatsapp',
    category: 'utility',
    status: 'active',
    variables: [],
    texts: [{ language: 'pl', body: 'Dzień dobry {{name}}' }],
    reviews: [{ language: 'pl', approval: 'approved' }],
  };

  test('answers only once it is approved, and never as marketing', () => {
    expect(isFitTemplate(template)).toBe(true);
    const waiting = [{ language: 'pl', approval: 'submitted' }];
    expect(isFitTemplate({ ...template, reviews: waiting })).toBe(false);
    expect(isFitTemplate({ ...template, category: 'marketing' })).toBe(false);
    expect(isFitTemplate({ ...template, status: 'archived' })).toBe(false);
  });

  test('is filled with what is known; what is missing stays to be seen', () => {
    expect(filled('{{name}}, {{ time }}, {{toString}}', { name: 'Ana', time: ' ' })).toBe(
      'Ana, {{ time }}, {{toString}}',
    );
  });
});

test('of an earlier state only the lines that the later one does not hold are older', () => {
  const later = [line('c', AT), line('d', AT, 'person')];
  const earlier = [line('a', AT), line('b', AT), line('c', AT)];
  expect(olderLines(earlier, later).map(({ messageId }) => messageId)).toEqual(['a', 'b']);
  // An id of the person may be that of one of the house.
  expect(olderLines([line('d', AT)], later)).toHaveLength(1);
});
