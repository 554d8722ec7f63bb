import { accepted, rejected, type Decision } from '../../core/decision.ts';
import type { CustomerCommand } from './commands.ts';
import type { CustomerEvent } from './events.ts';
import type { CustomerState, KnownCustomer } from './state.ts';

const LANGUAGE_DEFAULT = 'en';

export function decide(state: CustomerState, command: CustomerCommand): Decision<CustomerEvent> {
  if (command.type === 'RegisterCustomer') {
    if (state.status !== 'unknown') return rejected('CUSTOMER_EXISTS');
    const { language = LANGUAGE_DEFAULT, ...contact } = command.input;
    const data = { customerId: command.id, ...contact, language };
    return accepted([{ type: 'CustomerRegistered', data }]);
  }
  if (state.status !== 'active') return rejected('CUSTOMER_ARCHIVED');
  return decideActive(state, command);
}

type FollowUp = Exclude<CustomerCommand, { readonly type: 'RegisterCustomer' }>;

function decideActive(state: KnownCustomer, command: FollowUp): Decision<CustomerEvent> {
  const customerId = command.id;
  switch (command.type) {
    case 'ChangeContact': {
      const { name, email, phone } = command.input;
      const data = {
        customerId,
        ...(name === undefined || name === state.name ? {} : { name }),
        ...(email === undefined || email === state.email ? {} : { email }),
        ...(phone === undefined || phone === state.phone ? {} : { phone }),
      };
      const nothingNew = Object.keys(data).length === 1;
      return accepted(nothingNew ? [] : [{ type: 'CustomerContactChanged', data }]);
    }
    case 'GiveConsent': {
      const { channel, wording } = command.input;
      const held = state.consents.find((consent) => consent.channel === channel);
      if (held?.wording === wording) return accepted([]);
      return accepted([{ type: 'CustomerConsentGiven', data: { customerId, channel, wording } }]);
    }
    case 'WithdrawConsent': {
      const { channel } = command.input;
      if (!state.consents.some((consent) => consent.channel === channel)) return accepted([]);
      return accepted([{ type: 'CustomerConsentWithdrawn', data: { customerId, channel } }]);
    }
    case 'ArchiveCustomer':
      return accepted([
        { type: 'CustomerArchived', data: { customerId, reason: command.input.reason } },
      ]);
  }
}
