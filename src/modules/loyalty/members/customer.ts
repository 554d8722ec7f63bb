/** What loyalty asks of a customer: whether there is one, and the phone by which a till finds the member. */
import type { Surroundings } from '../../../core/aggregate.ts';
import type { CustomerState } from '../../customers/index.ts';

export const CUSTOMERS = 'customers';

/**
 * Null when there is no active customer with this id in the tenant; of several phones the preferred one. Who was merged into
 * another customer keeps a membership made before, and the survivor is the one to enrol.
 */
export function customerOf(
  around: Surroundings,
  id: string,
): { readonly phone: string | null } | null {
  // safe because the stream of a category has the state of its aggregate
  const state = around.stateOf({ category: CUSTOMERS, id }) as CustomerState;
  return state.status === 'active' ? { phone: state.phone } : null;
}
