import { createHmac } from 'node:crypto';
import { REFERENCE_BYTES } from '../../../src/core/key-store.ts';

/** References of persons as key rings make them, without a process (src/personal-data/key-ring.ts). */
export function referenceMaker(secret: Uint8Array): (tenant: string, personId: string) => string {
  return (tenant, personId) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([tenant, personId]))
      .digest('hex')
      .slice(0, REFERENCE_BYTES * 2);
}
