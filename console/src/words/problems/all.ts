/** Every code that a person may meet, with its words. A part of the bundle of its own: it is read with the first error. */
import { BUSINESS_PROBLEMS } from './business.ts';
import { CATALOG_PROBLEMS } from './catalog.ts';
import { CUSTOMER_PROBLEMS } from './customers.ts';
import { ERROR_PROBLEMS } from './errors.ts';
import { LEAD_PROBLEMS } from './leads.ts';
import { MESSAGE_PROBLEMS } from './messages.ts';
import { ORDER_PROBLEMS } from './orders.ts';
import type { Problems } from './problem.ts';
import { RESERVATION_PROBLEMS } from './reservations.ts';

export { fieldMessages } from './field-messages.ts';

export const PARTS: readonly Problems[] = [
  ERROR_PROBLEMS,
  BUSINESS_PROBLEMS,
  CATALOG_PROBLEMS,
  CUSTOMER_PROBLEMS,
  ORDER_PROBLEMS,
  RESERVATION_PROBLEMS,
  LEAD_PROBLEMS,
  MESSAGE_PROBLEMS,
];

export const PROBLEMS: Problems = Object.fromEntries(PARTS.flatMap((part) => Object.entries(part)));
