import type { CommandAttributes } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import type { PortionCommand } from './commands.ts';
import type { PortionEvent } from './events.ts';
import type { PortionsState } from './state.ts';
import { PORTIONS_MAX } from './take.ts';

export function decide(state: PortionsState, command: PortionCommand): Decision<PortionEvent> {
  if (state.status !== 'counted') return rejected('PORTIONS_NOT_COUNTED');
  const { quantity } = command.input;
  const remaining = state.remaining + quantity;
  if (remaining > PORTIONS_MAX) return rejected('PORTIONS_TOO_MANY', { most: PORTIONS_MAX });
  const { locationId, productId } = state;
  const data = { locationId, productId, quantity, remaining };
  return accepted([{ type: 'PortionsAdded', data }]);
}

/** Portions are counted by whoever works at the location. */
export function attributes(state: PortionsState): CommandAttributes {
  const locationId = state.status === 'counted' ? state.locationId : null;
  return { locationId, amount: null, shiftOf: null };
}
