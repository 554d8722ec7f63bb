/** Who is known under an e-mail address, and what is kept about them that a page can show. */
import { Failure } from '../../core/errors.ts';
import type { ReadModel } from '../../core/read-model.ts';
import { waitForLists } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import {
  CUSTOMERS,
  identifierRows,
  idsWith,
  lookUpValue,
  survivorOf,
  type CustomerState,
  type KnownCustomer,
} from '../../modules/customers/index.ts';
import { leadList, LEADS, type LeadState } from '../../modules/leads/index.ts';
import {
  memberList,
  PROGRAMMES,
  MAIN_PROGRAMME,
  rulesOf,
  type ProgrammeState,
  type Tier,
} from '../../modules/loyalty/index.ts';
import {
  ENQUIRIES,
  enquiryList,
  RESERVATIONS,
  reservationList,
  type BookingState,
  type EnquiryState,
  WAITLIST,
  waitlistList,
  type WaitlistState,
} from '../../modules/reservations/index.ts';
import { SUBJECTS_MAX } from '../links/links.ts';

type Reading = Pick<ModuleRouteDependencies, 'pipeline' | 'projections'>;
/** Where an address is looked for. */
const ADDRESS_MODELS = [identifierRows, reservationList, enquiryList, waitlistList, leadList];
export type Booking = Exclude<BookingState, { readonly status: 'none' }>;

export interface Person {
  readonly personId: string;
  /** Null for somebody who only booked, enquired, waited or answered a quiz: then what they left is the person. */
  readonly customer: KnownCustomer | null;
  /** Of what they left. */
  readonly contact: LeftContact | null;
  readonly bookings: readonly { readonly reservationId: string; readonly booking: Booking }[];
  readonly points: number | null;
  /** Null below the first one too: nothing was reached yet. */
  readonly tier: Pick<Tier, 'name' | 'names'> | null;
}

/** What somebody left who is no customer. */
export interface LeftContact {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** More than a page shows; all of them are in the file. */
const BOOKINGS_MAX = 50;

/** Who is behind an address. */
export interface KnownAddress {
  /** As it is on file, which need not be how it was typed: letters that fold alike may be other mailboxes. */
  readonly email: string;
  /** Customers, and bookings, enquiries, waiters and leads of nobody else; at most SUBJECTS_MAX. */
  readonly persons: readonly string[];
  /** The first of them who is a customer and may be written to as such. */
  readonly customerId: string | null;
}

/**
 * As of now, so that whoever booked a moment ago is found; as far as lists are where they are seconds behind.
 * Null for an address that is not on file. The address is what was typed: whoever answers must say nothing of what was
 * found.
 */
export async function personsWith(
  deps: Reading & Pick<ModuleRouteDependencies, 'log'>,
  tenant: string,
  typed: string,
): Promise<KnownAddress | null> {
  await waitForLists(deps, tenant, ADDRESS_MODELS).catch(unlessBehind);
  const email = lookUpValue('email', typed);
  const customers = await idsWith(deps, { tenant, kind: 'email', value: email });
  const found = await Promise.all(
    customers.slice(0, SUBJECTS_MAX).map((id) => survivor(deps, { tenant, id, email })),
  );
  const alive = found.filter((each) => each !== null);
  const left = await Promise.all(LEFT_AT.map((place) => leftWith(deps, place, { tenant, email })));
  const leads = await leadsWith(deps, tenant, new Set([typed.trim(), email]));
  const others = [...left.flat(), ...leads];
  const persons = [...new Set([...alive.map(({ id }) => id), ...others])].slice(0, SUBJECTS_MAX);
  const [other] = others;
  const first = other === undefined ? null : await readPerson(deps, tenant, other);
  const onFile = alive[0]?.email ?? first?.contact?.email ?? null;
  if (onFile === null) return null;
  const customerId = alive.find(({ isActive }) => isActive)?.id ?? null;
  return { email: onFile, persons, customerId };
}

/** Errors: all but WAIT_TIMEOUT. */
function unlessBehind(error: unknown): void {
  if (!(error instanceof Failure && error.code === 'WAIT_TIMEOUT')) throw error;
}

/** Lists of what visitors leave, with their address in small letters, and the column that says when. */
const LEFT_AT = [
  { list: reservationList, newest: 'starts_at' },
  { list: enquiryList, newest: 'sent_at' },
  { list: waitlistList, newest: 'joined_at' },
] as const;

/** The newest of those that are a person of their own: those of a customer go with the customer. */
async function leftWith(
  { projections }: Reading,
  { list, newest }: (typeof LEFT_AT)[number],
  { tenant, email }: { readonly tenant: string; readonly email: string },
): Promise<readonly string[]> {
  const byEmail: ReadModel = {
    ...list,
    list: { filters: { email: 'email' }, order: [{ column: newest, descending: true }] },
  };
  const { items } = await projections
    .reader(byEmail)
    .list({ tenant, filters: { email }, limit: BOOKINGS_MAX });
  return items.filter(({ key, row }) => row['person_id'] === key).map(({ key }) => key);
}

/** As it was left: the list keeps it so. Those that became a customer go with the customer. */
async function leadsWith(
  { projections }: Reading,
  tenant: string,
  spellings: ReadonlySet<string>,
): Promise<readonly string[]> {
  const reader = projections.reader(leadList);
  const pages = await Promise.all(
    [...spellings].map((email) => reader.list({ tenant, filters: { email }, limit: SUBJECTS_MAX })),
  );
  return pages
    .flatMap(({ items }) => items)
    .filter(({ row }) => row['customer_id'] === null)
    .map(({ key }) => key);
}

interface Survivor {
  readonly id: string;
  /** As the customer who was found has it. */
  readonly email: string;
  readonly isActive: boolean;
}

/** The customer that stands for this one; null for one that is not there, or has the address no more. */
async function survivor(
  deps: Reading,
  { tenant, id, email }: { readonly tenant: string; readonly id: string; readonly email: string },
): Promise<Survivor | null> {
  const customer = await customerOf(deps, tenant, id);
  if (customer.status === 'unknown') return null;
  const held = customer.identifiers.find(
    ({ kind, value }) => kind === 'email' && value !== null && lookUpValue(kind, value) === email,
  );
  if (held === undefined || held.value === null) return null;
  const other = survivorOf(customer);
  const standing = other === null ? customer : await customerOf(deps, tenant, other);
  return { id: other ?? id, email: held.value, isActive: standing.status === 'active' };
}

async function customerOf(deps: Reading, tenant: string, id: string): Promise<CustomerState> {
  const { state } = await deps.pipeline.load(tenant, CUSTOMERS, id);
  // safe because the stream is one of the category
  return state as CustomerState;
}

/** Null for somebody of whom nothing is kept any more. */
export async function readPerson(
  deps: Reading,
  tenant: string,
  personId: string,
): Promise<Person | null> {
  const { state } = await deps.pipeline.load(tenant, CUSTOMERS, personId);
  // safe because the stream is one of the category
  const found = state as CustomerState;
  if (found.status === 'unknown')
    return (
      (await readBooker(deps, tenant, personId)) ??
      (await readAsker(deps, tenant, personId)) ??
      readLead(deps, tenant, personId)
    );
  if (found.name === null && found.email === null && found.phone === null) return null;
  const [bookings, member] = await Promise.all([
    bookingsOf(deps, tenant, personId),
    deps.projections.reader(memberList).get({ tenant, key: personId }),
  ]);
  return {
    personId,
    customer: found,
    contact: null,
    bookings,
    points: member === null ? null : Number(member.row['points']),
    tier: member === null ? null : await tierOf(deps, tenant, String(member.row['tier'])),
  };
}

async function tierOf(deps: Reading, tenant: string, id: string): Promise<Person['tier']> {
  const { state } = await deps.pipeline.load(tenant, PROGRAMMES, MAIN_PROGRAMME.id);
  // safe because the stream is one of the category
  const { rules } = rulesOf(state as ProgrammeState);
  return rules.tiers.levels.find(({ tierId }) => tierId === id) ?? null;
}

async function readBooker(deps: Reading, tenant: string, id: string): Promise<Person | null> {
  const booking = await readBooking(deps, tenant, id);
  if (booking === null || booking.contact === null || booking.personId !== id) return null;
  const bookings = [{ reservationId: id, booking }];
  return { ...leftBy(id, booking.contact), bookings };
}

/** Who sent an enquiry, or waits for a table. */
async function readAsker(deps: Reading, tenant: string, id: string): Promise<Person | null> {
  for (const category of [ENQUIRIES, WAITLIST]) {
    const { state } = await deps.pipeline.load(tenant, category, id);
    // safe because the stream is one of the category
    const asked = state as EnquiryState | WaitlistState;
    if (asked.status !== 'none' && asked.contact !== null && asked.personId === id)
      return leftBy(id, asked.contact);
  }
  return null;
}

/** Somebody of whom there is no more than how to reach them. */
function leftBy(
  personId: string,
  {
    name,
    email = null,
    phone = null,
  }: { readonly [Field in keyof LeftContact]?: LeftContact[Field] | undefined },
): Person {
  const contact = { name: name ?? null, email, phone };
  return { personId, customer: null, contact, bookings: [], points: null, tier: null };
}

async function readLead(deps: Reading, tenant: string, id: string): Promise<Person | null> {
  const { state } = await deps.pipeline.load(tenant, LEADS, id);
  // safe because the stream is one of the category
  const lead = state as LeadState;
  if (lead.status === 'unknown') return null;
  const { name, email, phone } = lead;
  return name === null && email === null && phone === null ? null : leftBy(id, lead);
}

async function bookingsOf(deps: Reading, tenant: string, customerId: string) {
  const { items } = await deps.projections
    .reader(reservationList)
    .list({ tenant, filters: { customerId }, limit: BOOKINGS_MAX });
  const all = await Promise.all(
    items.map(async ({ key }) => ({
      reservationId: key,
      booking: await readBooking(deps, tenant, key),
    })),
  );
  return all.flatMap(({ reservationId, booking }) =>
    booking === null ? [] : [{ reservationId, booking }],
  );
}

async function readBooking(deps: Reading, tenant: string, id: string): Promise<Booking | null> {
  const { state } = await deps.pipeline.load(tenant, RESERVATIONS, id);
  // safe because the stream is one of the category
  const booking = state as BookingState;
  return booking.status === 'none' ? null : booking;
}

/** What somebody left who is no customer, under one contact: each is a person of its own, and shown as one. */
export function together(persons: readonly Person[]): readonly Person[] {
  const shown = new Map<string, Person>();
  for (const person of persons) {
    const key = person.customer === null ? JSON.stringify(person.contact) : person.personId;
    const held = shown.get(key);
    const bookings = [...(held?.bookings ?? []), ...person.bookings];
    shown.set(key, { ...person, bookings });
  }
  return [...shown.values()];
}
