/**
 * Who else a customer is: records that were merged into this one, leads that became it, conversations that somebody unknown
 * began. Each is sealed under a key of its own, so whoever forgets the customer has to forget them too.
 */
import { Failure } from '../../core/errors.ts';
import type { ReadModel } from '../../core/read-model.ts';
import { waitForLists, type ListsDependencies } from '../../http/modules/read-your-writes.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { Projections } from '../../projections/projections.ts';
import { CUSTOMERS, type CustomerState } from '../customers/index.ts';
import { leadList } from '../leads/index.ts';
import { conversationList } from '../messages/index.ts';

const PAGE = 500;
/** A list that is not there after seconds is paused or filled anew. */
const RETRY_SECONDS = 10;

interface Reading {
  readonly pipeline: Pick<Pipeline, 'load'>;
  readonly projections: Pick<Projections, 'reader' | 'waitFor'>;
  readonly log: ListsDependencies['log'];
}

/** Each has a person of its own in a row that names the customer. */
const RELATED_MODELS = [leadList, conversationList];

/**
 * Ids of persons, the customer not among them; none for somebody who is no customer. What belongs to the customer now is found:
 * who is left out here is not forgotten. Errors: UNAVAILABLE, also for lists that are behind.
 */
export async function relatedPersons(
  deps: Reading,
  tenant: string,
  customerId: string,
): Promise<readonly string[]> {
  await upToNow(deps, tenant);
  const customers = await mergedInto(deps, tenant, customerId);
  const found = await Promise.all(
    customers.flatMap((id) =>
      RELATED_MODELS.map((model) => keysOf(deps, model, { tenant, customerId: id })),
    ),
  );
  const all = new Set([...customers, ...found.flat()]);
  all.delete(customerId);
  return [...all];
}

async function upToNow(deps: Reading, tenant: string): Promise<void> {
  try {
    await waitForLists(deps, tenant, RELATED_MODELS);
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'WAIT_TIMEOUT')) throw error;
    const behind = 'Who else the person is cannot be told: lists are behind the log. Try again.';
    throw new Failure('UNAVAILABLE', behind, { retryAfterSeconds: RETRY_SECONDS });
  }
}

/** With the customer itself: merges of merged ones count too. */
async function mergedInto(
  { pipeline }: Reading,
  tenant: string,
  customerId: string,
): Promise<readonly string[]> {
  const found = new Set([customerId]);
  // What is added while the set is walked is walked as well.
  for (const id of found) {
    const { state } = await pipeline.load(tenant, CUSTOMERS, id);
    // safe because the stream is one of the category
    const customer = state as CustomerState;
    if (customer.status === 'unknown') continue;
    for (const { otherId } of customer.merges) found.add(otherId);
  }
  return [...found];
}

async function keysOf(
  { projections }: Reading,
  model: ReadModel,
  { tenant, customerId }: { readonly tenant: string; readonly customerId: string },
): Promise<readonly string[]> {
  const reader = projections.reader(model);
  const keys: string[] = [];
  let after: string | undefined;
  for (let more = true; more;) {
    const page = await reader.list({ tenant, filters: { customerId }, limit: PAGE, after });
    keys.push(...page.items.map(({ key }) => key));
    ({ next: after, more } = page);
  }
  return keys;
}
