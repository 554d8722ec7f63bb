import type { Refusal } from '../../core/aggregate.ts';

export const CUSTOMER_REFUSALS = {
  CUSTOMER_EXISTS: {
    sentence: 'A customer with this id is registered already.',
    remedy: 'Change the existing customer, or register with another id.',
  },
  CUSTOMER_ARCHIVED: {
    sentence: 'The customer was archived and takes no changes.',
    remedy: 'Register the person anew.',
  },
  CUSTOMER_MERGED: {
    sentence: 'The customer was merged into another one and takes no changes.',
    remedy: 'Change the survivor, whose id is in the answer, or take the merge back.',
  },
  CUSTOMER_ZONE_UNKNOWN: {
    sentence: 'There is no such time zone.',
    remedy: 'Give one of the IANA database, such as Europe/Warsaw.',
  },
  IDENTIFIER_UNKNOWN: {
    sentence: 'The customer has no such identifier.',
    remedy: 'Read the customer: each identifier has its id there.',
  },
  IDENTIFIERS_TOO_MANY: {
    sentence: 'The customer has as many identifiers as one may have.',
    remedy: 'Remove one that is not used any more.',
  },
  IDENTIFIER_NOT_CONTACT: {
    sentence: 'Only a phone or an e-mail can be the preferred one.',
    remedy: 'Name the id of a phone or an e-mail.',
  },
  TAGS_TOO_MANY: {
    sentence: 'The customer would have more tags than one may have.',
    remedy: 'Take some off first.',
  },
  NOTES_TOO_MANY: {
    sentence: 'There are as many notes about the customer as there may be.',
    remedy: 'Remove one that says nothing any more.',
  },
  NOTE_UNKNOWN: {
    sentence: 'There is no such note about the customer.',
    remedy: 'Read the customer: each note has its id there.',
  },
  MERGE_WITH_ITSELF: {
    sentence: 'A customer cannot be merged with itself.',
    remedy: 'Name the other customer.',
  },
  MERGES_TOO_MANY: {
    sentence: 'The customer stands for as many others as one may.',
    remedy: 'Look whether these are really one customer.',
  },
  OTHER_CUSTOMER_UNKNOWN: {
    sentence: 'There is no customer with the other id.',
    remedy: 'Check the id.',
  },
  OTHER_CUSTOMER_NOT_ACTIVE: {
    sentence: 'The other customer is archived or merged.',
    remedy: 'Merge its survivor instead.',
  },
  CUSTOMERS_NOT_MERGED: {
    sentence: 'This customer does not stand for the other one.',
    remedy: 'Read the customer: `merges` names those it stands for.',
  },
} as const satisfies Record<string, Refusal>;
