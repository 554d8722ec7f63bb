/** What ends with its time: who bought is forgotten once the law no longer asks to keep the invoice. */
import type { Frame } from './app-frame.ts';
import { wireTypes } from './core/event-type.ts';
import { invoiceKeepingEnded } from './modules/invoices/index.ts';
import type { Erasure } from './personal-data/erase.ts';
import type { Subscriber } from './subscriptions/durable/durable.ts';

const ACTOR = 'policy:invoices.end-keeping';
const decoder = new TextDecoder();

/** Before the frame is started. Erasing again gives the same receipt, so a chunk may come twice. */
export function endKeeping(frame: Pick<Frame, 'subscribe'>, erasure: Pick<Erasure, 'erase'>): void {
  frame.subscribe(keepingSubscriber(erasure));
}

export function keepingSubscriber(erasure: Pick<Erasure, 'erase'>): Subscriber {
  return {
    name: 'invoices.end-keeping',
    types: new Set(wireTypes(invoiceKeepingEnded)),
    from: 'beginning',
    async handle({ events }) {
      for (const { tenant, data, decided } of events) {
        if (!decided) continue;
        // safe because the module of invoices alone decides events of this type
        const { buyerKey } = JSON.parse(decoder.decode(data)) as { buyerKey: string };
        await erasure.erase(tenant, buyerKey, ACTOR);
      }
      return null;
    },
  };
}
