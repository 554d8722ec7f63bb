import { expect, test } from 'vitest';
import { createTemplates, draftsOf, eventText } from './corpus.ts';
import { idOf, identityOf, orderOf, subjectOf, timeMsOf } from './patch.ts';

const templates = createTemplates(1, 4_000);
const identity = identityOf(1, 'v4');

function eventOf(number: number) {
  return JSON.parse(eventText(templates, { identity, number })) as {
    id: string;
    subject: string;
    time: string;
    type: string;
    data: {
      order: string;
      lines: { quantity: number; price: number }[];
      total: { amount: number };
    };
  };
}

test('an event carries its number everywhere and adds up', () => {
  for (const number of [0, 1, 2, 3, 4_001, 77_777, 9_999_999]) {
    const event = eventOf(number);
    expect(event.id).toBe(idOf(identity, number));
    expect(event.subject).toBe(`order/${orderOf(number)}`);
    expect(event.data.order).toBe(String(orderOf(number)));
    expect(event.time).toBe(new Date(timeMsOf(number)).toISOString());
    const sum = event.data.lines.reduce((total, line) => total + line.quantity * line.price, 0);
    expect(event.data.total.amount).toBe(sum);
  }
});

test('data has about 300 bytes', () => {
  const sizes = templates.map((template) => template.dataEnd - template.dataStart);
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  expect(mean).toBeGreaterThan(290);
  expect(mean).toBeLessThan(320);
});

test('no id and no data comes twice, also when the templates come round', () => {
  const ids = new Set<string>();
  const data = new Set<string>();
  for (let number = 0; number < 20_000; number += 1) {
    const event = eventOf(number);
    ids.add(event.id);
    data.add(JSON.stringify(event.data));
  }
  expect(ids.size).toBe(20_000);
  expect(data.size).toBe(20_000);
});

test('ids are UUIDs of the version asked for', () => {
  expect(idOf(identity, 5)).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  const v7 = idOf(identityOf(1, 'v7'), 5_000);
  expect(v7).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(v7.replace('-', '').slice(0, 12), 16)).toBe(timeMsOf(5_000));
});

test('the same number gives the same event and another seed another one', () => {
  const again = createTemplates(1, 4_000);
  expect(eventText(again, { identity: identityOf(1, 'v4'), number: 123 })).toBe(
    eventText(templates, { identity, number: 123 }),
  );
  expect(idOf(identityOf(2, 'v4'), 123)).not.toBe(idOf(identity, 123));
});

test('an order and stage occur once, so order and version are unique in the baseline', () => {
  const seen = new Set<string>();
  for (let number = 0; number < 200_000; number += 1) seen.add(`${orderOf(number)}/${number % 4}`);
  expect(seen.size).toBe(200_000);
});

test('drafts range over the same bytes as the text', () => {
  const drafts = draftsOf(templates, { identity, first: 3_990, count: 20 });
  drafts.forEach((draft, index) => {
    const event = eventOf(3_990 + index);
    const text = (start: number, end: number) =>
      Buffer.from(draft.bytes).toString('utf8', start, end);
    expect(text(draft.idStart, draft.idEnd)).toBe(event.id);
    expect(text(draft.subjectStart, draft.subjectEnd)).toBe(event.subject);
    expect(text(draft.timeStart, draft.timeEnd)).toBe(event.time);
    expect(JSON.parse(text(draft.dataStart, draft.dataEnd))).toEqual(event.data);
    expect(draft.type).toBe(event.type);
  });
});

test('with so many subjects each comes round in turn, and nothing else changes', () => {
  const few = identityOf(1, 'v4', 10);
  const subjects = Array.from({ length: 40 }, (_, number) => subjectOf(few, number));
  expect(new Set(subjects).size).toBe(10);
  expect(subjects.slice(0, 10)).toEqual(subjects.slice(30));
  const withFew = eventText(templates, { identity: few, number: 23 });
  expect(withFew).toContain(`"subject":"order/${subjects[23]}"`);
  const whole = eventText(templates, { identity, number: 23 });
  expect(withFew.replace(`order/${subjects[23]}`, `order/${orderOf(23)}`)).toBe(whole);
});
