import { accepted, rejected, type Decision } from '../../core/decision.ts';
import type { CommandNamed } from './commands.ts';
import type { CustomerEvent } from './events.ts';
import { identifierWith, type Identifier } from './identifiers.ts';
import type { KnownCustomer } from './state.ts';

/** A family with a business has a dozen. */
export const IDENTIFIERS_MAX = 20;

type IdentifierCommand = CommandNamed<
  'AddCustomerIdentifier' | 'RemoveCustomerIdentifier' | 'PreferCustomerIdentifier'
>;

export function decideIdentifiers(
  state: KnownCustomer,
  command: IdentifierCommand,
): Decision<CustomerEvent> {
  if (command.type === 'AddCustomerIdentifier') return add(state, command);
  const { identifierId } = command.input;
  const found = state.identifiers.find(({ id }) => id === identifierId);
  if (found === undefined) return rejected('IDENTIFIER_UNKNOWN', { identifierId });
  if (command.type === 'RemoveCustomerIdentifier') return remove(state, command.id, found);
  if (found.kind === 'messenger') return rejected('IDENTIFIER_NOT_CONTACT', { identifierId });
  if (state.preferred[found.kind] === identifierId) return accepted([]);
  return accepted(preferring(command.id, found));
}

function add(
  state: KnownCustomer,
  { id: customerId, input, commandId: identifierId }: CommandNamed<'AddCustomerIdentifier'>,
): Decision<CustomerEvent> {
  const { kind, value } = input;
  const channel = input.kind === 'messenger' ? input.channel : null;
  if (identifierWith(state, { kind, channel, value }) !== undefined) return accepted([]);
  if (state.identifiers.length >= IDENTIFIERS_MAX)
    return rejected('IDENTIFIERS_TOO_MANY', { max: IDENTIFIERS_MAX });
  const data = { customerId, identifierId, kind, channel, value };
  const added: CustomerEvent = { type: 'CustomerIdentifierAdded', data };
  const isFirst = kind !== 'messenger' && state.preferred[kind] === null;
  const identifier = { id: identifierId, kind, channel, value };
  return accepted(isFirst ? [added, ...preferring(customerId, identifier)] : [added]);
}

/** The next of its kind takes the place of the preferred one. */
function remove(
  state: KnownCustomer,
  customerId: string,
  { id: identifierId, kind }: Identifier,
): Decision<CustomerEvent> {
  const next = state.identifiers.find((each) => each.kind === kind && each.id !== identifierId);
  const data = { customerId, identifierId, kind, last: next === undefined };
  const removed: CustomerEvent = { type: 'CustomerIdentifierRemoved', data };
  const wasPreferred = kind !== 'messenger' && state.preferred[kind] === identifierId;
  if (!wasPreferred || next === undefined) return accepted([removed]);
  return accepted([removed, ...preferring(customerId, next)]);
}

function preferring(
  customerId: string,
  { id: identifierId, kind, value }: Identifier,
): readonly CustomerEvent[] {
  if (kind === 'messenger') return [];
  return [{ type: 'CustomerIdentifierPreferred', data: { customerId, identifierId, kind, value } }];
}
