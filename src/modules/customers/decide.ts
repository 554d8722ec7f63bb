import type { Surroundings } from '../../core/aggregate.ts';
import { isTimeZone } from '../../core/calendar.ts';
import { accepted, rejected, type Decision } from '../../core/decision.ts';
import type { CommandNamed, CustomerCommand } from './commands.ts';
import { giveConsent, withdrawConsent } from './decide-consents.ts';
import { decideContact } from './decide-contact.ts';
import { decideIdentifiers } from './decide-identifiers.ts';
import { decideMerges } from './decide-merges.ts';
import { decideNotes } from './decide-notes.ts';
import type { CustomerEvent } from './events.ts';
import type { CustomerState, KnownCustomer } from './state.ts';

const LANGUAGE_DEFAULT = 'en';

export function decide(
  state: CustomerState,
  command: CustomerCommand,
  around: Surroundings,
): Decision<CustomerEvent> {
  if (command.type === 'RegisterCustomer')
    return state.status === 'unknown' ? register(command) : rejected('CUSTOMER_EXISTS');
  if (state.status === 'merged' && command.type === 'WithdrawConsent')
    return withdrawConsent(state, command, around);
  if (state.status === 'merged')
    return rejected('CUSTOMER_MERGED', { survivorId: state.mergedInto });
  if (state.status !== 'active') return rejected('CUSTOMER_ARCHIVED');
  return decideActive(state, command, around);
}

function register({ id, input }: CommandNamed<'RegisterCustomer'>): Decision<CustomerEvent> {
  const { language = LANGUAGE_DEFAULT, kind = 'person', timeZone, ...contact } = input;
  if (timeZone !== undefined && !isTimeZone(timeZone))
    return rejected('CUSTOMER_ZONE_UNKNOWN', { timeZone });
  const customerId = id;
  const events: CustomerEvent[] = [
    { type: 'CustomerRegistered', data: { customerId, ...contact, language } },
  ];
  if (kind !== 'person') events.push({ type: 'CustomerKindChanged', data: { customerId, kind } });
  if (timeZone !== undefined)
    events.push({ type: 'CustomerTimeZoneChanged', data: { customerId, timeZone } });
  return accepted(events);
}

type FollowUp = Exclude<CustomerCommand, { readonly type: 'RegisterCustomer' }>;

function decideActive(
  state: KnownCustomer,
  command: FollowUp,
  around: Surroundings,
): Decision<CustomerEvent> {
  switch (command.type) {
    case 'ChangeContact':
      return decideContact(state, command);
    case 'GiveConsent':
      return giveConsent(state, command);
    case 'WithdrawConsent':
      return withdrawConsent(state, command, around);
    case 'ArchiveCustomer': {
      const data = { customerId: command.id, reason: command.input.reason };
      return accepted([{ type: 'CustomerArchived', data }]);
    }
    case 'MergeCustomers':
    case 'UnmergeCustomers':
      return decideMerges(state, command, around);
    case 'AddCustomerIdentifier':
    case 'RemoveCustomerIdentifier':
    case 'PreferCustomerIdentifier':
      return decideIdentifiers(state, command);
    default:
      return decideNotes(state, command);
  }
}
