/** The rule of a role that a person sees some locations only, for what is read about one id. Lists filter by themselves. */
import type { Principal } from '../../access/principal.ts';
import type { Aggregate } from '../../core/aggregate.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { stateAt, unknownId, type StreamPlace } from '../moments.ts';

/** What is at a location that is not the caller's is as unknown as what is not there. Errors: NOT_FOUND. */
export function checkLocation({ rules }: Principal, aggregate: Aggregate, state: unknown): void {
  const locations = rules?.locations ?? null;
  if (locations === null) return;
  const location = aggregate.locationOf?.(state) ?? null;
  if (location !== null && !locations.includes(location)) throw unknownId();
}

/** The same for whoever has no state at hand: it is loaded only where the rule can stand against it. */
export async function checkPlace(
  pipeline: Pipeline,
  principal: Principal,
  { aggregate, place }: { readonly aggregate: Aggregate; readonly place: StreamPlace },
): Promise<void> {
  if (aggregate.locationOf === undefined || (principal.rules?.locations ?? null) === null) return;
  const { state } = await stateAt(pipeline, place, null);
  checkLocation(principal, aggregate, state);
}
