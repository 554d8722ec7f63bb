import type {
  CommandAttributes,
  Refusal,
  StreamReference,
  Surroundings,
} from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { locationFrom } from '../../business/index.ts';
import { locationStream } from '../beside.ts';
import { ORDER_REFUSALS } from '../refusals.ts';
import type { TableCommand } from './commands.ts';
import type { TableEvent } from './events.ts';
import type { TableState } from './state.ts';

export const TABLES = 'orders.tables';

interface Place {
  readonly locationId: string;
  readonly tableId: string;
}

/** Id of the stream and key of the row: `LOCATION~TABLE`. */
export function tableKey({ locationId, tableId }: Place): string {
  return `${locationId}~${tableId}`;
}

const NONE: Refusal = { sentence: '', remedy: '' };
const { LOCATION_UNKNOWN = NONE, NO_SUCH_TABLE = NONE } = ORDER_REFUSALS;

export const TABLE_REFUSALS = {
  LOCATION_UNKNOWN,
  NO_SUCH_TABLE,
  TABLE_OF_ANOTHER_ID: {
    sentence: 'The id is that of another table.',
    remedy: 'Leave the id to the server: it follows from location and table.',
  },
  TABLE_SEATED: {
    sentence: 'Somebody sits at the table, or it has not been cleared since.',
    remedy: 'Choose another table, or say that this one is free.',
  },
  TABLE_STATE_UNCLEAR: {
    sentence: 'Only guests who sit down have a party size, a reservation or a customer.',
    remedy: 'Leave these out, or say that the table is seated.',
  },
} as const satisfies Record<string, Refusal>;

export function consults({ input }: TableCommand): readonly StreamReference[] {
  return [locationStream(input.locationId)];
}

export function attributes(_state: TableState, { input }: TableCommand): CommandAttributes {
  return { locationId: input.locationId, amount: null, shiftOf: null };
}

/**
 * Two waiters who give one table to two parties: the second is refused. Free and dirty are always taken down, since
 * orders may have changed what the floor shows without a word of anybody.
 */
export function decide(
  state: TableState,
  { id, input }: TableCommand,
  around: Surroundings,
): Decision<TableEvent> {
  const { locationId, tableId, state: wanted, ...party } = input;
  const place = { locationId, tableId };
  if (id !== tableKey(place)) return rejected('TABLE_OF_ANOTHER_ID');
  const location = locationFrom(around, locationId);
  if (location.status === 'unknown') return rejected('LOCATION_UNKNOWN', { locationId });
  if (!location.tables.some((table) => table.tableId === tableId))
    return rejected('NO_SUCH_TABLE', { tableId });
  const { partySize = null, reservationId = null, customerId = null } = party;
  if (wanted === 'seated') {
    const data = { ...place, partySize, reservationId, customerId };
    if (state.status === 'free' || state.status === 'unsaid')
      return accepted([{ type: 'TableSeated', data }]);
    return isSameParty(state, data) ? accepted([]) : rejected('TABLE_SEATED', saidOf(state));
  }
  if (Object.keys(party).length > 0) return rejected('TABLE_STATE_UNCLEAR');
  const type = wanted === 'dirty' ? 'TableMarkedDirty' : 'TableFreed';
  return accepted([{ type, data: place }]);
}

type Party = Pick<
  Extract<TableState, { readonly status: 'seated' }>,
  'partySize' | 'reservationId' | 'customerId'
>;

function isSameParty(state: TableState, party: Party): boolean {
  return (
    state.status === 'seated' &&
    state.partySize === party.partySize &&
    state.reservationId === party.reservationId &&
    state.customerId === party.customerId
  );
}

function saidOf(state: TableState): Readonly<Record<string, unknown>> {
  return state.status === 'seated' ? { state: 'seated', since: state.since } : { state: 'dirty' };
}
