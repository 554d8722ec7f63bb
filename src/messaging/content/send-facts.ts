/**
 * What `judgeSend` is told about many messages of one sender, in one read of each list, or from the log: prepare-messages.ts
 * says which. Opt-outs are known to the outbox the moment they come in.
 */
import { isTimeZone } from '../../core/calendar.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { LEADS, type LeadState } from '../../modules/leads/index.ts';
import {
  approvalIn,
  conversationIdOf,
  countriesOfPhone,
  suppressionIdOf,
  TEMPLATES,
  zonesOfCountries,
  type AddressIds,
  type SendFacts,
  type TemplateState,
  optInIdOf,
  type KnownSender,
} from '../../modules/messages/index.ts';
import type { Wanted } from './message-content.ts';
import type { ConversationStanding, CustomerStanding, Standing } from './standing.ts';
import type { StateCache } from './state-cache.ts';

export interface FactsDependencies {
  readonly pipeline: Pick<Pipeline, 'load'>;
  readonly states: StateCache;
  readonly addressIds: AddressIds;
}

export interface Judgeable {
  readonly wanted: Wanted;
  /** E.164 or e-mail; null where there is none. */
  readonly address: string | null;
  /** Of the address; null without one. */
  readonly addressId: string | null;
  readonly name: string | null;
  readonly template: TemplateState | null;
  readonly facts: SendFacts;
}

export interface SenderContext {
  readonly tenant: string;
  readonly senderId: string;
  readonly sender: KnownSender | null;
  /** RFC 3339 in UTC. */
  readonly at: string;
  /** When marketing went to each recipient (keyed hash) before, by this sender: message id to RFC 3339. */
  readonly marketing: ReadonlyMap<string, readonly string[]>;
  readonly standing: Standing;
}

interface Person {
  readonly stands: boolean;
  readonly name: string | null;
  readonly address: string | null;
  readonly consents: readonly string[];
  /** IANA; null where nobody knows it. */
  readonly timeZone: string | null;
}

const NOBODY: Person = { stands: false, name: null, address: null, consents: [], timeZone: null };

export async function factsOf(
  deps: FactsDependencies,
  context: SenderContext,
  wanted: readonly Wanted[],
): Promise<readonly Judgeable[]> {
  const { tenant, senderId, standing } = context;
  const customerIds = wanted.flatMap(({ customerId }) => customerId ?? []);
  const customers = await standing.customers({ tenant, ids: customerIds });
  const found = await Promise.all(
    wanted.map(async (each) => {
      const person =
        each.customerId === null && each.leadId !== null
          ? await leadOf(deps, tenant, { ...each, leadId: each.leadId })
          : personOf(each, customers);
      const { address } = person;
      const addressId =
        address === null ? null : await deps.addressIds.addressIdOf({ tenant, address });
      return { each, person, addressId };
    }),
  );
  const reached = found.flatMap(({ each: { channel }, addressId }) =>
    addressId === null ? [] : { channel, addressId },
  );
  const [conversations, suppressions, confirmed] = await Promise.all([
    standing.conversations({
      tenant,
      ids: reached.map(({ addressId }) => conversationIdOf({ senderId, addressId })),
    }),
    standing.suppressions({ tenant, ids: reached.map(suppressionIdOf) }),
    context.sender?.terms.doubleOptIn === true
      ? standing.confirmed({ tenant, ids: wanted.flatMap(optInIdsOf) })
      : new Map<string, true>(),
  ]);
  return Promise.all(
    found.map(async ({ each, person, addressId }) => {
      const template = await templateOf(deps, tenant, each);
      const about = {
        context,
        person,
        addressId,
        conversations,
        suppressions,
        confirmed,
        template,
      };
      const { name, address } = person;
      return { wanted: each, address, addressId, name, template, facts: judged(each, about) };
    }),
  );
}

interface About {
  readonly context: SenderContext;
  readonly person: Person;
  readonly addressId: string | null;
  readonly conversations: ReadonlyMap<string, ConversationStanding>;
  readonly suppressions: ReadonlyMap<string, 'marketing' | 'all'>;
  readonly confirmed: ReadonlyMap<string, true>;
  readonly template: TemplateState | null;
}

function judged(wanted: Wanted, about: About): SendFacts {
  const { context, person, addressId } = about;
  const { at, sender, senderId, marketing } = context;
  const { message, channel, purpose, needsConsent, notBefore, expiresAt } = wanted;
  const conversation =
    addressId === null
      ? undefined
      : about.conversations.get(conversationIdOf({ senderId, addressId }));
  const quietHours = sender?.terms.quietHours ?? null;
  return {
    at,
    message: {
      channel,
      purpose,
      needsConsent,
      isFreeText: wanted.template === null,
      notBefore,
      expiresAt,
      confirmsOptOut: wanted.confirmsOptOut,
      awaited: wanted.awaited,
    },
    campaign: wanted.campaign,
    address: person.address,
    personStands: person.stands,
    consent: person.consents.includes(channel),
    // A lead agreed a moment ago on our own page; confirming by link is for lists of customers.
    doubleOptIn: sender?.terms.doubleOptIn === true && !isLeads(wanted),
    consentConfirmed: optInIdsOf(wanted).some((id) => about.confirmed.has(id)),
    suppressed: suppressionOf(about, channel),
    optedOut: message.optedOut || conversation?.optedOut === true,
    lastInboundAt: conversation?.lastInboundAt ?? null,
    // Telling the country of a number costs more than everything else here, and only quiet hours ask for it.
    zones: quietHours === null ? [] : zonesOf(person, channel),
    quietHours,
    caps: sender?.terms.caps ?? [],
    marketingSentAt: marketing.get(message.recipient) ?? [],
    senderStands: sender !== null && sender.status !== 'closed',
    template: approvalOf(wanted, about.template),
  };
}

function isLeads({ customerId, leadId, purpose }: Wanted): boolean {
  return customerId === null && leadId !== null && purpose !== 'marketing';
}

/** The one that a customer's consent for the channel needs where consents are confirmed. */
function optInIdsOf({ customerId, channel }: Wanted): readonly string[] {
  return customerId === null ? [] : [optInIdOf({ customerId, channel })];
}

function personOf(
  { customerId, address, channel }: Wanted,
  customers: ReadonlyMap<string, CustomerStanding>,
): Person {
  if (customerId === null) return { ...NOBODY, stands: true, address };
  const known = customers.get(customerId);
  if (known === undefined) return NOBODY;
  const { active, email, phone, ...rest } = known;
  return { ...rest, stands: active, address: address ?? (channel === 'email' ? email : phone) };
}

/** From the log: a follow-up may be due before any list shows the lead. */
async function leadOf(
  { pipeline }: FactsDependencies,
  tenant: string,
  { leadId, address }: Wanted & { readonly leadId: string },
): Promise<Person> {
  const loaded = await pipeline.load(tenant, LEADS, leadId);
  // safe because the stream of a category has the state of its aggregate
  const lead = loaded.state as LeadState;
  if (lead.status === 'unknown') return NOBODY;
  return {
    ...NOBODY,
    stands: true,
    name: lead.name ?? null,
    address,
    consents: lead.consents.map(({ channel }) => channel),
  };
}

function suppressionOf({ addressId, suppressions }: About, channel: Wanted['channel']) {
  if (addressId === null) return null;
  return suppressions.get(suppressionIdOf({ channel, addressId })) ?? null;
}

function approvalOf(
  { template: asked }: Wanted,
  template: TemplateState | null,
): SendFacts['template'] {
  if (asked === null) return null;
  if (template === null || template.status !== 'active') return 'unknown';
  return approvalIn(template, asked);
}

async function templateOf(
  { states }: FactsDependencies,
  tenant: string,
  { template }: Wanted,
): Promise<TemplateState | null> {
  if (template === null) return null;
  // safe because the stream of a category has the state of its aggregate
  return (await states.load({ tenant, category: TEMPLATES, id: template.id })) as TemplateState;
}

/** The person's own where it is known, also to this runtime. Of an e-mail nobody else knows where it is read. */
function zonesOf({ address, timeZone }: Person, channel: Wanted['channel']): readonly string[] {
  if (timeZone !== null && isTimeZone(timeZone)) return [timeZone];
  return address === null || channel === 'email' ? [] : zonesOfCountries(countriesOfPhone(address));
}
