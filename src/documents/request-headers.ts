/** Idempotency-Key of uploads and jobs: a repeat is answered with what the first one made. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '../access/principal.ts';
import { IDEMPOTENCY_KEY_LENGTH_MAX, idempotencyKeyOf } from '../http/modules/command-headers.ts';
import type { Parameter } from '../http/route.ts';
import type { RequestKey } from './request-rows.ts';

export const REQUEST_KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Of your choice, for a week: the same request with the same key is answered with the id of the first.',
  schema: { type: 'string', maxLength: IDEMPOTENCY_KEY_LENGTH_MAX },
};

/** Null without a key. Errors: INPUT_INVALID. */
export function askedBy(principal: Principal, headers: IncomingHttpHeaders): RequestKey | null {
  const key = idempotencyKeyOf(headers);
  return key === undefined ? null : { principal: principal.keyId, key };
}

export function replay(replayed: boolean): Readonly<Record<string, string>> {
  return replayed ? { 'idempotent-replayed': 'true' } : {};
}
