/** Customers with a phone and consent, appended past HTTP: making them is not what is measured. */
import { jsonDraftOf } from '../../../src/core/event.ts';
import type { EventLog } from '../../../src/log/log.ts';

/** Units handed over in one turn share a commit. */
const AT_ONCE = 500;

/** E.164, one for each index, in the plan of Brazilian mobile numbers. */
export function phoneOf(index: number): string {
  return `+55119${String(10_000_000 + index)}`;
}

export function customerIdOf(index: number): string {
  return `bench-customer-${String(index).padStart(7, '0')}`;
}

export async function appendAudience(
  log: Pick<EventLog, 'appendDecided'>,
  of: { readonly tenant: string; readonly count: number },
): Promise<void> {
  for (let start = 0; start < of.count; start += AT_ONCE) {
    const size = Math.min(AT_ONCE, of.count - start);
    await Promise.all(
      Array.from({ length: size }, (_, offset) => appendOne(log, of.tenant, start + offset)),
    );
  }
}

async function appendOne(
  log: Pick<EventLog, 'appendDecided'>,
  tenant: string,
  index: number,
): Promise<void> {
  const customerId = customerIdOf(index);
  const event = (type: string, data: object) =>
    jsonDraftOf(
      {
        id: `${customerId}-${type}`,
        source: '/comptoir/customers',
        type: `comptoir.customer.${type}`,
        subject: customerId,
        time: new Date().toISOString(),
        extensions: { actor: 'bench' },
      },
      { customerId, ...data },
    );
  const outcome = await log.appendDecided({
    tenant,
    streams: [
      {
        stream: `customers/${customerId}`,
        expectedVersion: 0n,
        events: [
          event('registered.v1', {
            name: `Guest ${index}`,
            email: null,
            phone: phoneOf(index),
            language: 'en',
          }),
          event('consent-given.v2', {
            channel: 'whatsapp',
            wording: 'May we write to you?',
            source: 'bench',
            wordingVersion: null,
          }),
        ],
      },
    ],
  });
  if (outcome.status !== 'appended')
    throw new Error(`A customer was not stored: ${outcome.status}`);
}
