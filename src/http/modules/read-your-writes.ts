/** `?wait=CURSOR`: a reader that has just written asks to see its own write. */
import type { ReadModel } from '../../core/read-model.ts';
import type { LogReader } from '../../log/log.ts';
import type { Projections } from '../../projections/projections.ts';
import { placeOf } from '../routes-events.ts';
import type { Call, Parameter } from '../route.ts';

/** The contract's bound. A read model is behind by milliseconds; one that is seconds behind is in trouble. */
export const WAIT_MS_MAX = 5000;

export const WAIT: Parameter = {
  name: 'wait',
  in: 'query',
  description:
    'Cursor of an answer to a command: what it did is in this answer, or the answer is 504 after 5 seconds.',
  schema: { type: 'string' },
};

/**
 * Resolves once `model` has seen what the cursor in `?wait=` stands for; at once without one. Errors: CURSOR_INVALID,
 * CURSOR_FOREIGN, CURSOR_EXPIRED, WAIT_TIMEOUT.
 */
export async function waitForModel(
  deps: { readonly log: LogReader; readonly projections: Projections },
  { principal, query }: Call,
  model: ReadModel,
): Promise<void> {
  const { tenant } = principal;
  const cursor = query.get('wait');
  if (cursor === undefined) return;
  const { after: position } = await placeOf(deps.log, deps.log.bucketOf(tenant), cursor);
  await deps.projections.waitFor(model, { tenant, position }, WAIT_MS_MAX);
}

/** The pipeline reads the log itself and is never behind: only the cursor is checked. Errors as above. */
export async function checkWait(log: LogReader, { principal, query }: Call): Promise<void> {
  const cursor = query.get('wait');
  if (cursor !== undefined) await placeOf(log, log.bucketOf(principal.tenant), cursor);
}
