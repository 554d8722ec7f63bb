import { Type, type TObject } from 'typebox';
import type { StreamReference, Surroundings } from '../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../core/decision.ts';
import type { CommandNamed, CustomerCommand } from './commands.ts';
import { takenBackSince, withdrawalConsults, withdrawalStreams } from './decide-consents.ts';
import type { CustomerEvent } from './events.ts';
import { CUSTOMERS, type CustomerState, type KnownCustomer } from './state.ts';

/** A timeline is put together of this many; more are a mistake rather than one customer. */
export const MERGES_MAX = 20;

export function consults(
  command: CustomerCommand,
  around: Surroundings,
): readonly StreamReference[] {
  return command.type === 'WithdrawConsent' ? withdrawalConsults(command, around) : [];
}

/** A merge is decided over both customers, a no over all that stand for whoever says it. */
export function streams(
  command: CustomerCommand,
  around: Surroundings,
): readonly StreamReference[] {
  if (command.type === 'WithdrawConsent') return withdrawalStreams(command, around);
  const { type, id, input } = command;
  if (type !== 'MergeCustomers' && type !== 'UnmergeCustomers') return [];
  return input.otherId === id ? [] : [{ category: CUSTOMERS, id: input.otherId }];
}

type MergeCommand = CommandNamed<'MergeCustomers' | 'UnmergeCustomers'>;

export function decideMerges(
  state: KnownCustomer,
  command: MergeCommand,
  around: Surroundings,
): Decision<CustomerEvent> {
  const { id: customerId, input } = command;
  const { otherId } = input;
  if (otherId === customerId) return rejected('MERGE_WITH_ITSELF');
  // safe because the stream of a category has the state of its aggregate
  const other = around.stateOf({ category: CUSTOMERS, id: otherId }) as CustomerState;
  const held = state.merges.find((merge) => merge.otherId === otherId);
  if (command.type === 'MergeCustomers')
    return held === undefined ? merge(state, other, { customerId, otherId }) : accepted([]);
  if (held === undefined) return rejected('CUSTOMERS_NOT_MERGED', { otherId });
  const { at: mergedAt, version: mergedVersion } = held;
  const unmerged = { customerId, otherId, mergedAt, mergedVersion };
  return accepted(
    [{ type: 'CustomersUnmerged', data: unmerged }],
    [
      onOther(otherId, {
        type: 'CustomerSeparated',
        data: { customerId: otherId, survivorId: customerId },
      }),
    ],
  );
}

/** Both stand for themselves until now, so a chain of merges never closes to a ring. */
function merge(
  state: KnownCustomer,
  other: CustomerState,
  { customerId, otherId }: { readonly customerId: string; readonly otherId: string },
): Decision<CustomerEvent> {
  if (other.status === 'unknown') return rejected('OTHER_CUSTOMER_UNKNOWN', { otherId });
  if (other.status !== 'active')
    return rejected('OTHER_CUSTOMER_NOT_ACTIVE', { otherId, survivorId: other.mergedInto });
  if (state.merges.length >= MERGES_MAX) return rejected('MERGES_TOO_MANY', { max: MERGES_MAX });
  return accepted(
    [
      { type: 'CustomersMerged', data: { customerId, otherId } },
      ...takenBackSince(state, other, customerId),
    ],
    [
      onOther(otherId, {
        type: 'CustomerMergedInto',
        data: { customerId: otherId, survivorId: customerId },
      }),
    ],
  );
}

function onOther(id: string, event: CustomerEvent) {
  return { category: CUSTOMERS, id, events: [event] };
}

/** How many events the survivor keeps of the time in which it stood for the other one; `/merges` lists them. */
export function respond(
  state: CustomerState,
  command: CustomerCommand,
): Readonly<Record<string, unknown>> {
  if (command.type !== 'UnmergeCustomers' || state.status === 'unknown') return {};
  const undone = state.undoneMerges.findLast(({ otherId }) => otherId === command.input.otherId);
  if (undone === undefined) return {};
  const { mergedAt, mergedVersion, version } = undone;
  return { mergedAt, laterEvents: version - mergedVersion - 1 };
}

export function responds(command: string): TObject {
  if (command !== 'UnmergeCustomers') return Type.Object({});
  const mergedAt = Type.String({ format: 'date-time' });
  const laterEvents = Type.Integer();
  return Type.Partial(Type.Object({ mergedAt, laterEvents }));
}
