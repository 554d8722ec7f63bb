/** Webhooks in memory: for tests and the simulator. */
import { inMemoryTransaction } from '../../platform/jobs/memory-transaction.ts';
import type { WebhookStore } from '../store.ts';
import { deliveryCalls } from './deliveries.ts';
import { endpointCalls } from './endpoints.ts';
import { createTables } from './tables.ts';

export function createMemoryWebhookStore(): WebhookStore {
  const tables = createTables();
  return {
    ...endpointCalls(tables),
    ...deliveryCalls(tables),
    transaction: inMemoryTransaction,
  };
}
