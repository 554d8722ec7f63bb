import { expect, test } from 'vitest';
import { keepingSubscriber } from './app-keeping.ts';
import type { StoredEvent } from './core/event.ts';

const ended = (buyerKey: string, decided = true): StoredEvent =>
  ({
    tenant: 'cafe',
    decided,
    data: new TextEncoder().encode(JSON.stringify({ invoiceId: '1', buyerKey })),
  }) as StoredEvent;

test('when the law no longer asks to keep an invoice, its buyer is erased; what came from outside erases nobody', async () => {
  const erased: unknown[] = [];
  const subscriber = keepingSubscriber({
    erase: async (...args) => {
      erased.push(args);
      return {} as never;
    },
  });
  await subscriber.handle({
    bucket: 1,
    after: 0n,
    through: 2n,
    events: [ended('kept-by-law.invoice.1'), ended('somebody', false)],
  });
  expect([...(subscriber.types ?? [])]).toEqual(['comptoir.invoice.keeping-ended.v1']);
  expect(erased).toEqual([['cafe', 'kept-by-law.invoice.1', 'policy:invoices.end-keeping']]);
});
