/**
 * A reader that has just written asks to see its own write: with `?wait=CURSOR`, which is refused where that cannot be, or with
 * the header, which is sent with every request as screens do, and means: if it can be.
 */
import { Failure, type ErrorCode } from '../../core/errors.ts';
import type { ReadModel } from '../../core/read-model.ts';
import type { LogReader } from '../../log/log.ts';
import type { Projections } from '../../projections/projections.ts';
import { placeOf } from '../routes-events.ts';
import type { Call, Parameter } from '../route.ts';

/** The contract's bound. A read model is behind by milliseconds; one that is seconds behind is in trouble. */
export const WAIT_MS_MAX = 5000;

/** Of a cursor. Where nothing waits it says nothing. */
export const WAIT_HEADER = 'x-wait-for';

export const WAIT: Parameter = {
  name: 'wait',
  in: 'query',
  description:
    'Cursor of an answer to a command: what it did is in this answer, or the answer is 504 after 5 seconds.',
  schema: { type: 'string' },
};

/** What waiting alone can come to: of a cursor of before a restore or of another business, and of a list that stands still. */
export const WAIT_CODES: readonly ErrorCode[] = [
  'CURSOR_INVALID',
  'CURSOR_FOREIGN',
  'CURSOR_EXPIRED',
  'WAIT_TIMEOUT',
];

interface WaitDependencies {
  readonly log: LogReader;
  readonly projections: Pick<Projections, 'waitFor'>;
}

/**
 * Resolves once `model` has seen what the cursor in `?wait=` or in the header stands for; at once without one. Errors, of the
 * former alone: CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED, WAIT_TIMEOUT.
 */
export async function waitForModel(
  deps: WaitDependencies,
  { principal, query, request }: Call,
  model: ReadModel,
): Promise<void> {
  const { tenant } = principal;
  const asked = query.get('wait');
  if (asked !== undefined) return reached(deps, { tenant, cursor: asked, model });
  const cursor = request.headers[WAIT_HEADER];
  if (typeof cursor !== 'string') return;
  await reached(deps, { tenant, cursor, model }).catch(unlessInVain);
}

async function reached(
  { log, projections }: WaitDependencies,
  wanted: { readonly tenant: string; readonly cursor: string; readonly model: ReadModel },
): Promise<void> {
  const { tenant, cursor, model } = wanted;
  const { after: position } = await placeOf(log, log.bucketOf(tenant), cursor);
  await projections.waitFor(model, { tenant, position }, WAIT_MS_MAX);
}

function unlessInVain(error: unknown): void {
  if (!(error instanceof Failure && WAIT_CODES.includes(error.code))) throw error;
}

/**
 * Resolves once each of `models` has seen what the tenant's bucket holds now: for whoever decides something for good by what
 * a list says. Errors: WAIT_TIMEOUT.
 */
export async function waitForLists(
  { log, projections }: ListsDependencies,
  tenant: string,
  models: readonly ReadModel[],
): Promise<void> {
  const { position } = await log.head(log.bucketOf(tenant));
  const place = { tenant, position };
  await Promise.all(models.map((model) => projections.waitFor(model, place, WAIT_MS_MAX)));
}

export interface ListsDependencies {
  readonly log: Pick<LogReader, 'bucketOf' | 'head'>;
  readonly projections: Pick<Projections, 'waitFor'>;
}

/** The pipeline reads the log itself and is never behind: only the cursor is checked. Errors as above. */
export async function checkWait(log: LogReader, { principal, query }: Call): Promise<void> {
  const cursor = query.get('wait');
  if (cursor !== undefined) await placeOf(log, log.bucketOf(principal.tenant), cursor);
}
