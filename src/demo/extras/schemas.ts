/** A schema for the order lines that an outside system sends, and two of them that break it: dead letters. */
import type { Filling } from './filling.ts';

const TYPE = 'com.example.order.line';
const SOURCE = '/demo/bistro';

const SCHEMA = {
  type: 'object',
  required: ['order', 'item', 'quantity', 'price'],
  properties: {
    order: { type: 'integer', minimum: 1 },
    table: { type: 'integer', minimum: 1, maximum: 99 },
    item: { type: 'string', minLength: 1, maxLength: 200 },
    quantity: { type: 'integer', minimum: 1 },
    price: {
      type: 'object',
      required: ['amount', 'currency'],
      properties: {
        amount: { type: 'integer', minimum: 0 },
        currency: { type: 'string', pattern: '^[A-Z]{3}$' },
      },
    },
  },
};

/** What the old till sends since its last update. */
const BROKEN = [
  {
    id: 'line-broken-1',
    order: 81,
    table: 4,
    item: 'Soup of the day',
    quantity: 0,
    price: { amount: 650, currency: 'EUR' },
  },
  { id: 'line-broken-2', order: 82, table: 7, item: 'Espresso', quantity: 2, price: '2.60' },
];

export async function fillSchemas({ door, refresh }: Filling): Promise<void> {
  const body = JSON.stringify({ schema: SCHEMA, mode: 'strict' });
  const put = await door.call(`/v1/schemas/${TYPE}/1`, { method: 'PUT', body });
  if (put.status >= 300 && put.status !== 409)
    throw new Error(`a schema was answered with ${put.status}`);
  // Only the first time: a dead letter that somebody settled stays settled.
  if (put.status !== 201) return;
  await refresh();
  for (const { id, ...data } of BROKEN) {
    const event = {
      specversion: '1.0',
      id,
      source: SOURCE,
      type: TYPE,
      subject: `order/${data.order}`,
      data,
    };
    await door.call('/v1/events', {
      body: JSON.stringify(event),
      type: 'application/cloudevents+json',
    });
  }
}
