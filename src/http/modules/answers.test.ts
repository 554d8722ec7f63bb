/** What commands answer is what their documents say. */
import { describe, expect, test } from 'vitest';
import { pluralOf } from '../../core/module.ts';
import { MODULES } from '../../modules/index.ts';
import { mountedOf } from './addresses.ts';
import { createdSchema, doneSchema } from './shapes.ts';

const mounted = MODULES.flatMap(mountedOf);
const ofOrders = mounted.find(({ aggregate }) => aggregate.category === 'orders')!;

describe('plurals', () => {
  test.each([
    ['quiz', 'quizzes'],
    ['category', 'categories'],
    ['reservation day', 'reservation days'],
    ['waiting list entry', 'waiting list entries'],
    ['enquiry', 'enquiries'],
    ['batch', 'batches'],
    ['status', 'statuses'],
    ['profile', 'profiles'],
  ])('of %s is %s', (singular, plural) => expect(pluralOf({ singular })).toBe(plural));

  test('of two nouns with a word between is said, not guessed', () => {
    for (const each of mounted) if (/ of /.test(each.singular)) expect(each.plural).toBeDefined();
    expect(
      mounted.map(pluralOf).filter((plural) => /(?:quizs|[^aeiou]ys|seriess|ss)$/.test(plural)),
    ).toEqual([]);
  });
});

describe('answers', () => {
  test('an aggregate that answers more than id, version and cursor says what', () => {
    const silent = mounted
      .filter(
        ({ aggregate }) => (aggregate.respond === undefined) !== (aggregate.responds === undefined),
      )
      .map(({ aggregate }) => aggregate.category);
    expect(silent).toEqual([]);
  });

  test('an order that is placed answers number, total, taxes and status', () => {
    expect(createdSchema(ofOrders, 'PlaceOrder')).toMatchObject({
      schema: {
        required: [
          'id',
          'version',
          'cursor',
          'number',
          'total',
          'taxes',
          'status',
          'due',
          'change',
        ],
      },
    });
    expect(doneSchema(ofOrders, 'SplitOrder')).toMatchObject({
      schema: { properties: { bills: { type: 'array' }, version: { type: 'integer' } } },
    });
  });
});
