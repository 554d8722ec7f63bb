import { describe, expect, it } from 'vitest';
import { wireType } from '../../../src/core/event-type.ts';
import { MODULES } from '../../../src/modules/index.ts';
import { LANGUAGES } from './define-words.ts';
import {
  eventSentence,
  eventWords,
  sentenceKeys,
  sentencesOf,
  typeInWords,
  WORDED_NAMES,
} from './event-words.ts';

const placed = {
  type: 'comptoir.order.placed.v1',
  subject: 'demo-1',
  stream: 'orders/demo-1',
  data: { orderId: 'demo-1', number: 42, tableId: 't7', lines: [{}, {}] },
};

describe('events in words', () => {
  it('an order at a table says which table and which order', () => {
    expect(eventWords(placed, 'en')).toBe('Table T7 ordered (order 42)');
    expect(eventWords(placed, 'pl')).toBe('Stolik T7 złożył zamówienie 42');
  });

  it('an order without a table is said without one', () => {
    expect(eventWords({ ...placed, data: { ...placed.data, tableId: null } }, 'en')).toBe(
      'Order 42 was placed',
    );
  });

  it('a name that the screen knows stands instead of the id', () => {
    const nameOf = (kind: string): string | undefined =>
      kind === 'table' ? 'Terrace 3' : undefined;
    expect(eventWords(placed, 'en', { nameOf })).toBe('Table Terrace 3 ordered (order 42)');
  });

  it('a tier of the club is told by its name, one that is gone by its id; a stage is none', () => {
    const nameOf = (kind: string, id: string): string | undefined =>
      kind === 'tier' ? new Map([['won', 'Złoty']]).get(id) : undefined;
    const data = { memberId: 'ana', from: 'gone', to: 'won' };
    const changed = { type: 'comptoir.loyalty.tier-changed.v1', subject: 'ana', data };
    expect(eventWords(changed, 'pl', { nameOf })).toBe('Ana: zmiana poziomu z gone na Złoty');
    const kept = { memberId: 'ana', on: '2026-11-22', tier: 'won', until: null };
    expect(
      eventWords({ type: 'comptoir.loyalty.tier-grace-set.v1', data: kept }, 'en', { nameOf }),
    ).toContain('keeps the tier Złoty for a while');
    const moved = { leadId: 'ana', from: 'new', to: 'won', reason: null };
    const lead = { type: 'comptoir.lead.moved.v1', stream: 'leads/ana', data: moved };
    expect(eventWords(lead, 'pl', { nameOf })).toContain('wygrany');
  });

  it('Polish chooses among three plural forms', () => {
    const of = (points: number): string =>
      eventWords(
        { type: 'comptoir.loyalty.points-earned.v1', subject: 'guest-9', data: { earned: points } },
        'pl',
      );
    expect([of(1), of(3), of(5)]).toEqual([
      'Guest 9: +1 punkt',
      'Guest 9: +3 punkty',
      'Guest 9: +5 punktów',
    ]);
  });

  it('a reason that is missing leaves no colon behind', () => {
    const event = { type: 'comptoir.order.cancelled.v1', data: { orderId: 'a1', reason: '' } };
    expect(eventWords(event, 'en')).toBe('Order a1 was cancelled');
  });

  it('an event of somebody else is named after its type, even one that sounds like ours', () => {
    expect(eventWords({ type: 'com.example.order.line.v1' }, 'en')).toBe('Order line');
    expect(eventWords({ type: 'order.placed' }, 'en')).toBe('Order placed');
    expect(typeInWords('...')).toBe('...');
  });

  it('data that is no object, or script, is only ever text', () => {
    expect(eventWords({ type: 'comptoir.till.added.v1', data: 'x' }, 'en')).toContain('Till');
    const script = { type: 'comptoir.till.added.v1', data: { name: '<script>alert(1)</script>' } };
    expect(eventWords(script, 'en')).toBe('Till <script>alert(1)</script> was added');
    expect(eventWords({ ...script, data: { name: 'x'.repeat(10_000) } }, 'en').length).toBeLessThan(
      120,
    );
  });

  it('an event that lost the value of its sentence is named after its type', () => {
    expect(eventWords({ type: 'comptoir.order.closed.v1', data: {} }, 'en')).toBe('Order closed');
  });

  it('every type of the modules has a sentence, and no sentence is of a type that is gone', () => {
    const names = TYPES.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(200);
    expect(names.filter((name) => !WORDED_NAMES.includes(name))).toEqual([]);
    expect(WORDED_NAMES.filter((name) => !names.includes(name))).toEqual([]);
    const variants = sentenceKeys().filter((key) => key.includes('~'));
    expect(variants.filter((key) => !names.includes(key.split('~')[0] ?? ''))).toEqual([]);
  });

  it('every event says its sentence from its own data, all of it or the least it may have', () => {
    const silent = TYPES.flatMap(({ name, type, data }) =>
      [true, false].flatMap((isFull) => {
        const event = { type, stream: 'things/t-1', data: sampleOf(data, isFull) };
        return LANGUAGES.filter((language) => eventSentence(event, language) === null).map(
          (language) => `${name} in ${language}${isFull ? '' : ' with the least'}`,
        );
      }),
    );
    expect(silent).toEqual([]);
  });

  it('a sentence that needs what its event does not have is seen', () => {
    const event = { type: 'comptoir.order.closed.v1', stream: 'orders/o1', data: {} };
    expect(eventSentence(event, 'pl')).toBeNull();
  });

  it.each([
    [
      'comptoir.till.cash-taken.v1',
      { tillId: 'bar', amount: 5000, currency: 'PLN', reason: 'safe' },
      'Z kasy Bar wypłacono 50,00\u00a0zł: safe',
    ],
    [
      'comptoir.lead.moved.v1',
      { leadId: 'ana', from: 'new', to: 'won', reason: null },
      'Lead Ana: zmiana etapu z „nowy” na „wygrany”',
    ],
    [
      'comptoir.product.added.v1',
      {
        productId: 'p1',
        currency: 'PLN',
        product: { name: { en: 'Tea', pl: 'Herbata' }, price: 900 },
      },
      'Herbata jest w menu za 9,00\u00a0zł',
    ],
    [
      'comptoir.reservation.cancelled.v1',
      { reservationId: 'r-1', by: 'guest', late: true, reason: null },
      'Rezerwację R 1 odwołał późno gość',
    ],
    [
      'comptoir.message.held.v1',
      { messageId: 'm1', reason: 'quiet-hours', until: '2026-11-22T08:00:00Z' },
      'Wiadomość czeka do 22 lis 2026, 08:00: cisza',
    ],
  ])('%s tells its facts', (type, data, words) => {
    expect(
      eventWords({ type, data, stream: `x/${Object.values(data)[0]}` }, 'pl', { zone: 'UTC' }),
    ).toBe(words);
  });

  it('a sentence says the same in every language: no value is lost', () => {
    const placeholders = (entry: unknown): string =>
      [...new Set([...JSON.stringify(entry).matchAll(/\{(\w+)\}/g)].map((match) => match[1]))]
        .sort((a, b) => String(a).localeCompare(String(b)))
        .join();
    for (const key of sentenceKeys()) {
      const sentences = sentencesOf(key);
      const said = LANGUAGES.map((language) => placeholders(sentences?.[language]));
      expect(new Set(said).size, key).toBe(1);
    }
  });
});

interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly format?: string;
}

/** A value of a schema: with everything it may hold, or with the least. Times are times by the name of their field. */
function sampleOf(shape: Shape, isFull: boolean, field = ''): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.anyOf !== undefined) {
    const least = shape.anyOf.find(({ type }) => type === 'null');
    return !isFull && least !== undefined ? null : sampleOf(shape.anyOf[0] ?? {}, isFull, field);
  }
  if (shape.type === 'array') return isFull ? [sampleOf(shape.items ?? {}, isFull)] : [];
  if (shape.properties !== undefined)
    return Object.fromEntries(
      Object.entries(shape.properties)
        .filter(([name]) => isFull || shape.required?.includes(name))
        .map(([name, inner]) => [name, sampleOf(inner, isFull, name)]),
    );
  if (shape.type === 'object') return isFull ? { en: 'Something' } : {};
  if (shape.type === 'integer' || shape.type === 'number') return 2;
  if (shape.type === 'boolean') return isFull;
  if (/^(?:date|day|on)$/.test(field)) return '2026-11-22';
  return /At$|^until$/.test(field) ? '2026-11-22T18:00:00Z' : 'text';
}

const TYPES = MODULES.flatMap((module) =>
  module.aggregates.flatMap(({ aggregate }) =>
    aggregate.events.map((event) => ({
      type: wireType(event),
      name: wireType(event)
        .replace(/^comptoir\./, '')
        .replace(/\.v\d+$/, ''),
      // safe because the data of events are JSON Schemas made with typebox
      data: event.data as Shape,
    })),
  ),
);
