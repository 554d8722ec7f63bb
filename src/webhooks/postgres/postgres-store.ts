import type { Database } from '../../platform/postgres/database.ts';
import type { WebhookStore } from '../store.ts';
import { deliveryStatements } from './deliveries.ts';
import { addSecret } from './endpoint-and-secret.ts';
import { endpointStatements } from './endpoints.ts';
import { sweepStatements } from './sweeps.ts';

/** Webhooks in the tables of migrations/0009_webhooks.sql. Errors: DatabaseError. */
export function createPostgresWebhookStore(database: Database): WebhookStore {
  return {
    ...endpointStatements(database),
    ...deliveryStatements(database),
    ...sweepStatements(database),
    addSecret: (place, secret) => addSecret(database, place, secret),
    transaction: (work) => database.transaction(work),
  };
}
