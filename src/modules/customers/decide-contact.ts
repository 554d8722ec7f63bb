import { isTimeZone } from '../../core/calendar.ts';
import { accepted, rejected, type Decision } from '../../core/decision.ts';
import type { CommandNamed } from './commands.ts';
import { IDENTIFIERS_MAX } from './decide-identifiers.ts';
import type { CustomerEvent } from './events.ts';
import { identifierWith } from './identifiers.ts';
import type { KnownCustomer } from './state.ts';

type ContactChange = CommandNamed<'ChangeContact'>;

/**
 * A new phone takes the place of the one by which the customer is reached; one that the customer has already becomes the
 * preferred one. E-mails alike.
 */
export function decideContact(
  state: KnownCustomer,
  command: ContactChange,
): Decision<CustomerEvent> {
  const { id: customerId, input } = command;
  const { name, kind, language, timeZone } = input;
  if (typeof timeZone === 'string' && !isTimeZone(timeZone))
    return rejected('CUSTOMER_ZONE_UNKNOWN', { timeZone });
  const phone = reachedBy(state, command, 'phone');
  const email = reachedBy(state, command, 'email');
  const contact = {
    ...(name === undefined || name === state.name ? {} : { name }),
    ...email.contact,
    ...phone.contact,
  };
  const events: CustomerEvent[] = [];
  if (Object.keys(contact).length > 0)
    events.push({ type: 'CustomerContactChanged', data: { customerId, ...contact } });
  events.push(...email.events, ...phone.events);
  if (kind !== undefined && kind !== state.kind)
    events.push({ type: 'CustomerKindChanged', data: { customerId, kind } });
  if (language !== undefined && language !== state.language)
    events.push({ type: 'CustomerLanguageChanged', data: { customerId, language } });
  if (timeZone !== undefined && timeZone !== (state.timeZone ?? null))
    events.push({ type: 'CustomerTimeZoneChanged', data: { customerId, timeZone } });
  const added = Object.keys(contact).filter(
    (each) => each !== 'name' && !state.identifiers.some(({ id }) => id === each),
  );
  if (state.identifiers.length + added.length > IDENTIFIERS_MAX)
    return rejected('IDENTIFIERS_TOO_MANY', { max: IDENTIFIERS_MAX });
  return accepted(events);
}

interface Reached {
  readonly contact: { readonly phone?: string; readonly email?: string };
  readonly events: readonly CustomerEvent[];
}

const UNCHANGED: Reached = { contact: {}, events: [] };

function reachedBy(
  state: KnownCustomer,
  { id: customerId, input, commandId }: ContactChange,
  kind: 'phone' | 'email',
): Reached {
  const value = input[kind];
  if (value === undefined || value === state[kind]) return UNCHANGED;
  const preferredId = state.preferred[kind];
  const held = identifierWith(state, { kind, channel: null, value });
  // As it stands on the customer, which for an e-mail may be written in another case.
  const prefer = (identifierId: string, as: string | null): CustomerEvent => {
    const data = { customerId, identifierId, kind, value: as };
    return { type: 'CustomerIdentifierPreferred', data };
  };
  if (held !== undefined && held.id !== preferredId)
    return { contact: {}, events: [prefer(held.id, held.value)] };
  if (preferredId === null || preferredId === kind)
    return { contact: { [kind]: value }, events: [] };
  // Another than the contact's own is preferred: the new one takes its place, and the contact's own stays beside.
  const identifierId = `${commandId}-${kind}`;
  const added = { customerId, identifierId, kind, channel: null, value };
  const removed = { customerId, identifierId: preferredId, kind, last: false };
  return {
    contact: {},
    events: [
      { type: 'CustomerIdentifierAdded', data: added },
      prefer(identifierId, value),
      { type: 'CustomerIdentifierRemoved', data: removed },
    ],
  };
}
