/**
 * Consents are given to one record and taken back from the person: a no to a record that was merged holds for whoever stands
 * for it. Pure.
 */
import { stateIfListed, type StreamReference, type Surroundings } from '../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../core/decision.ts';
import type { CommandNamed } from './commands.ts';
import type { CustomerEvent } from './events.ts';
import { channel } from './shapes.ts';
import {
  CUSTOMERS,
  initialState,
  survivorOf,
  type CustomerState,
  type KnownCustomer,
} from './state.ts';

const CHANNELS = channel.anyOf.map((each) => each.const);

/** A survivor may be merged into another one in turn; they are found one after another. */
const SURVIVOR_HOPS_MAX = 3;

type Withdraw = CommandNamed<'WithdrawConsent'>;

/** The same text again proves nothing new; another text, version or place does. */
export function giveConsent(
  state: KnownCustomer,
  { id, input }: CommandNamed<'GiveConsent'>,
): Decision<CustomerEvent> {
  const { wording, source = null, version: wordingVersion = null } = input;
  const held = state.consents.find((consent) => consent.channel === input.channel);
  const isSame =
    held?.wording === wording && held.source === source && held.wordingVersion === wordingVersion;
  if (isSame) return accepted([]);
  const data = { customerId: id, channel: input.channel, wording, source, wordingVersion };
  return accepted([{ type: 'CustomerConsentGiven', data }]);
}

/** From the customer and, of one that was merged, from all that stand for it. */
export function withdrawConsent(
  state: KnownCustomer,
  command: Withdraw,
  around: Surroundings,
): Decision<CustomerEvent> {
  const own = withdrawn(state, command.id, command);
  if (state.status !== 'merged') return accepted(own);
  const survivors = survivorsOf(command, around);
  const { status } = customerAround(around, survivors.at(-1) ?? command.id);
  // Merged a moment ago, or further than is looked: the refusal says who stands for it.
  if (survivors[0] !== state.mergedInto || status === 'unknown' || status === 'merged')
    return rejected('CUSTOMER_MERGED', { survivorId: state.mergedInto });
  const elsewhere = survivors.flatMap((id) => {
    const survivor = customerAround(around, id);
    const events = survivor.status === 'unknown' ? [] : withdrawn(survivor, id, command);
    return events.length === 0 ? [] : [{ category: CUSTOMERS, id, events }];
  });
  return accepted(own, elsewhere);
}

function withdrawn(
  { consents }: KnownCustomer,
  customerId: string,
  { input }: Withdraw,
): readonly CustomerEvent[] {
  const { channel: of, source = null } = input;
  if (!consents.some((consent) => consent.channel === of)) return [];
  return [{ type: 'CustomerConsentWithdrawn', data: { customerId, channel: of, source } }];
}

/** Beside a withdrawal: the customer and whoever stands for it. */
export function withdrawalConsults(
  command: Withdraw,
  around: Surroundings,
): readonly StreamReference[] {
  return [command.id, ...survivorsOf(command, around)].map(streamOf);
}

/** Those of them that get events too. */
export function withdrawalStreams(
  command: Withdraw,
  around: Surroundings,
): readonly StreamReference[] {
  return survivorsOf(command, around).map(streamOf);
}

function streamOf(id: string): StreamReference {
  return { category: CUSTOMERS, id };
}

/** As unknown where it was not listed: somebody was merged into it after the streams were. */
function customerAround(around: Surroundings, id: string): CustomerState {
  // safe because the stream of a category has the state of its aggregate
  return (stateIfListed(around, streamOf(id)) ?? initialState) as CustomerState;
}

/** Ids of those that stand for the customer, the nearest first; none for one that stands for itself. */
function survivorsOf({ id }: Withdraw, around: Surroundings): readonly string[] {
  const found: string[] = [];
  let survivor = survivorOf(customerAround(around, id));
  while (survivor !== null && found.length < SURVIVOR_HOPS_MAX) {
    found.push(survivor);
    survivor = survivorOf(customerAround(around, survivor));
  }
  return found;
}

/** What a record that is merged took back after the survivor had given it: it is one person who said no. */
export function takenBackSince(
  survivor: KnownCustomer,
  other: KnownCustomer,
  customerId: string,
): readonly CustomerEvent[] {
  return CHANNELS.flatMap((of): readonly CustomerEvent[] => {
    const held = survivor.consents.find((consent) => consent.channel === of);
    const last = other.consentHistory.findLast((step) => step.channel === of);
    if (held === undefined || last === undefined || last.given) return [];
    if (Date.parse(last.at) < Date.parse(held.since)) return [];
    const { source } = last;
    return [{ type: 'CustomerConsentWithdrawn', data: { customerId, channel: of, source } }];
  });
}
