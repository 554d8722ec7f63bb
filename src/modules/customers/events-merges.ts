/**
 * Two records that are one customer. A merge links: the survivor says whom it stands for, the other one where to look;
 * nothing that happened to either is written anew. Both events of a pair are one unit.
 */
import { Type } from 'typebox';
import { defineEvent } from '../../core/event-type.ts';
import { customerId } from './shapes.ts';

/** On the survivor. */
export const customersMerged = defineEvent({
  name: 'CustomersMerged',
  wireName: 'comptoir.customer.merged',
  data: Type.Object({ customerId, otherId: Type.String() }),
});

/** On the other one. */
export const customerMergedInto = defineEvent({
  name: 'CustomerMergedInto',
  wireName: 'comptoir.customer.merged-into',
  data: Type.Object({ customerId, survivorId: Type.String() }),
});

/** On the survivor, which keeps what happened since `mergedVersion`. */
export const customersUnmerged = defineEvent({
  name: 'CustomersUnmerged',
  wireName: 'comptoir.customer.unmerged',
  data: Type.Object({
    customerId,
    otherId: Type.String(),
    mergedAt: Type.String(),
    mergedVersion: Type.Integer(),
  }),
});

/** On the other one, which stands for itself again. */
export const customerSeparated = defineEvent({
  name: 'CustomerSeparated',
  wireName: 'comptoir.customer.separated',
  data: Type.Object({ customerId, survivorId: Type.String() }),
});

export const MERGE_EVENTS = [
  customersMerged,
  customerMergedInto,
  customersUnmerged,
  customerSeparated,
] as const;
