/** Idempotency-Key on routes that make something of access or a webhook: what a command of a module gets by its pipeline. */
import type { Creations } from '../access/creations.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { Queryable } from '../platform/postgres/database.ts';
import { IDEMPOTENCY_KEY_LENGTH_MAX, idempotencyKeyOf } from './modules/command-headers.ts';
import type { Answer, Call, Parameter } from './route.ts';

export const CREATION_KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Quoted or bare. A repetition with the same key and body gets the first answer for 7 days, its secret included, ' +
    'which is kept sealed under this very key: choose one that nobody guesses. Without a key, what is repeated is made again.',
  schema: { type: 'string', maxLength: IDEMPOTENCY_KEY_LENGTH_MAX },
  example: '"8d1f6a0e-6b1c-4b52-9d5e-0a7f3c2b9e11"',
};

export const CREATION_ERRORS: readonly ErrorCode[] = [
  'IDEMPOTENCY_MISMATCH',
  'IDEMPOTENCY_IN_FLIGHT',
];

/** Headers of the answer beside those of what was made. */
export const REPLAYED_HEADER = 'idempotent-replayed';

/** 201 with what was made, now or by the first request under the key. `tx` is undefined where nothing is remembered. */
export async function createOnce<Made>(
  creations: Creations | undefined,
  call: Call,
  of: {
    readonly operation: string;
    readonly make: (tx: Queryable | undefined) => Promise<Made>;
    readonly location?: (made: Made) => string;
  },
): Promise<Answer> {
  const { principal, body: input, request } = call;
  const { operation, make, location } = of;
  const idempotencyKey = idempotencyKeyOf(request.headers);
  const { made, isRepeated } =
    creations === undefined
      ? { made: await make(undefined), isRepeated: false }
      : await creations.once({ principal, operation, idempotencyKey, input }, make);
  const headers: Record<string, string> = {};
  if (location !== undefined) headers['location'] = location(made);
  if (isRepeated) headers[REPLAYED_HEADER] = 'true';
  // A secret was given out once more: the entry says that nothing was made.
  const audited = isRepeated ? { audited: { after: { repeated: true } } } : {};
  return { status: 201, body: made, headers, ...audited };
}
