/**
 * Who else a customer is: records that were merged into this one, leads that became it, conversations that somebody unknown
 * began. Each is sealed under a key of its own, so whoever forgets the customer has to forget them too.
 */
import type { ReadModel } from '../../core/read-model.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { Projections } from '../../projections/projections.ts';
import { CUSTOMERS, type CustomerState } from '../customers/index.ts';
import { leadList } from '../leads/index.ts';
import { conversationList } from '../messages/index.ts';

const PAGE = 500;

interface Reading {
  readonly pipeline: Pick<Pipeline, 'load'>;
  readonly projections: Pick<Projections, 'reader'>;
}

/** Ids of persons, the customer not among them; none for somebody who is no customer. Errors: UNAVAILABLE. */
export async function relatedPersons(
  deps: Reading,
  tenant: string,
  customerId: string,
): Promise<readonly string[]> {
  const customers = await mergedInto(deps, tenant, customerId);
  const found = await Promise.all(
    customers.flatMap((id) =>
      [leadList, conversationList].map((model) => keysOf(deps, model, { tenant, customerId: id })),
    ),
  );
  const all = new Set([...customers, ...found.flat()]);
  all.delete(customerId);
  return [...all];
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
