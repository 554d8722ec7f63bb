/** What is read again after anything was done with a till; its X report reads itself while a session is open. */
import type { Operation } from '../../../../src/client/client.ts';

export const AGAIN: readonly Operation[] = [
  'GET /v1/business/tills',
  'GET /v1/business/tills/{id}',
  'GET /v1/business/tills/{id}/z-reports',
];
