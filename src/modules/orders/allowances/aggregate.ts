import { Type } from 'typebox';
import { defineAggregate, type Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { idInput, reasonInput } from '../inputs.ts';
import { ALLOWANCE_EVENTS, type AllowanceEvent } from './events.ts';
import { ALLOWANCES, evolve, initialState, type AllowanceState } from './state.ts';

export const restartAllowance = defineCommand({
  name: 'RestartAllowance',
  word: 'restart',
  summary: 'Begins the count of what a person gave away at a location on a day anew',
  input: Type.Object({ locationId: idInput, reason: reasonInput }, { additionalProperties: false }),
  examples: [{ locationId: 'centro', reason: 'a large party was put right' }],
});

type AllowanceCommand = CommandFor<typeof restartAllowance>;

const REFUSALS = {
  ALLOWANCE_IS_OWN: {
    sentence: 'Nobody begins their own count anew.',
    remedy: 'Ask somebody else who may.',
  },
} as const satisfies Record<string, Refusal>;

export function decide(
  state: AllowanceState,
  { actor, input: { locationId, reason } }: AllowanceCommand,
): Decision<AllowanceEvent> {
  if (state.status === 'unknown') return accepted([]);
  const { person, businessDay, places } = state;
  if (person === actor) return rejected('ALLOWANCE_IS_OWN');
  const held = places.find((place) => place.locationId === locationId);
  if (held === undefined || held.refund + held.discount === 0) return accepted([]);
  const data = { person, locationId, businessDay, reason };
  return accepted([{ type: 'AllowanceRestarted', data }]);
}

export const allowanceAggregate = defineAggregate<AllowanceState, AllowanceCommand, AllowanceEvent>(
  {
    category: ALLOWANCES,
    stateVersion: 1,
    events: ALLOWANCE_EVENTS,
    commands: [restartAllowance],
    refusals: REFUSALS,
    initialState,
    decide,
    evolve,
    attributes: (_state, { input }) => ({
      locationId: input.locationId,
      amount: null,
      shiftOf: null,
    }),
  },
);
