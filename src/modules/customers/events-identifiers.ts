/**
 * What a customer may be found by beside the contact. The phone and e-mail of the contact are the identifiers `phone` and
 * `email`; others have ids of their own.
 */
import { Type } from 'typebox';
import { defineEvent } from '../../core/event-type.ts';
import { contactKind, customerId, identifierKind, orNull } from './shapes.ts';

const identifierId = Type.String();

export const identifierAdded = defineEvent({
  name: 'CustomerIdentifierAdded',
  wireName: 'comptoir.customer.identifier-added',
  data: Type.Object({
    customerId,
    identifierId,
    kind: identifierKind,
    /** Of a messenger id: which messenger. */
    channel: orNull(Type.String()),
    value: orNull(Type.String()),
  }),
  personal: { person: '/customerId', fields: ['/value'] },
});

export const identifierRemoved = defineEvent({
  name: 'CustomerIdentifierRemoved',
  wireName: 'comptoir.customer.identifier-removed',
  data: Type.Object({
    customerId,
    identifierId,
    kind: identifierKind,
    /** Whether it was the last of its kind. */
    last: Type.Boolean(),
  }),
});

/** The phone or e-mail by which the customer is reached from now on; the value, so that no reader has to look it up. */
export const identifierPreferred = defineEvent({
  name: 'CustomerIdentifierPreferred',
  wireName: 'comptoir.customer.identifier-preferred',
  data: Type.Object({
    customerId,
    identifierId,
    kind: contactKind,
    value: orNull(Type.String()),
  }),
  personal: { person: '/customerId', fields: ['/value'] },
});

export const IDENTIFIER_EVENTS = [identifierAdded, identifierRemoved, identifierPreferred] as const;
