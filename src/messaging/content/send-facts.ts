/**
 * What `judgeSend` is told about many messages of one sender, in one read of each list. Opt-outs are known to the outbox
 * the moment they come in; whatever else a list shows a moment late counts from then on.
 */
import { isTimeZone } from '../../core/calendar.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { ReadRow, RowReader } from '../../projections/projections.ts';
import type { ReadModel } from '../../core/read-model.ts';
import { customerList } from '../../modules/customers/index.ts';
import { LEADS, type LeadState } from '../../modules/leads/index.ts';
import {
  approvalIn,
  conversationIdOf,
  countriesOfPhone,
  suppressionIdOf,
  suppressionList,
  TEMPLATES,
  zonesOfCountries,
  type AddressIds,
  type SendFacts,
  type TemplateState,
  conversationList,
  optInIdOf,
  optInList,
  type KnownSender,
} from '../../modules/messages/index.ts';
import type { Wanted } from './message-content.ts';
import type { StateCache } from './state-cache.ts';

export interface FactsDependencies {
  readonly pipeline: Pick<Pipeline, 'load'>;
  readonly states: StateCache;
  readonly reader: (model: ReadModel) => Pick<RowReader, 'getMany'>;
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

type Rows = ReadonlyMap<string, ReadRow>;

export async function factsOf(
  deps: FactsDependencies,
  context: SenderContext,
  wanted: readonly Wanted[],
): Promise<readonly Judgeable[]> {
  const { tenant, senderId } = context;
  const customers = await getMany(deps, customerList, {
    tenant,
    keys: wanted.flatMap(({ customerId }) => customerId ?? []),
  });
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
  const addressIds = found.flatMap(({ addressId }) => addressId ?? []);
  const [conversations, suppressions, optIns] = await Promise.all([
    getMany(deps, conversationList, {
      tenant,
      keys: addressIds.map((addressId) => conversationIdOf({ senderId, addressId })),
    }),
    getMany(deps, suppressionList, {
      tenant,
      keys: found.flatMap(({ each: { channel }, addressId }) =>
        addressId === null ? [] : suppressionIdOf({ channel, addressId }),
      ),
    }),
    context.sender?.terms.doubleOptIn === true
      ? getMany(deps, optInList, {
          tenant,
          keys: wanted.flatMap(({ customerId, channel }) =>
            customerId === null ? [] : optInIdOf({ customerId, channel }),
          ),
        })
      : new Map<string, ReadRow>(),
  ]);
  return Promise.all(
    found.map(async ({ each, person, addressId }) => {
      const template = await templateOf(deps, tenant, each);
      const about = { context, person, addressId, conversations, suppressions, optIns, template };
      const { name, address } = person;
      return { wanted: each, address, addressId, name, template, facts: judged(each, about) };
    }),
  );
}

interface About {
  readonly context: SenderContext;
  readonly person: Person;
  readonly addressId: string | null;
  readonly conversations: Rows;
  readonly suppressions: Rows;
  readonly optIns: Rows;
  readonly template: TemplateState | null;
}

function judged(wanted: Wanted, about: About): SendFacts {
  const { context, person, addressId } = about;
  const { at, sender, senderId, marketing } = context;
  const { message, channel, purpose, needsConsent, customerId, notBefore, expiresAt } = wanted;
  const conversation =
    addressId === null
      ? null
      : rowOf(about.conversations, conversationIdOf({ senderId, addressId }));
  const quietHours = sender?.terms.quietHours ?? null;
  const optIn =
    customerId === null ? null : rowOf(about.optIns, optInIdOf({ customerId, channel }));
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
    },
    campaign: wanted.campaign,
    address: person.address,
    personStands: person.stands,
    consent: person.consents.includes(channel),
    // A lead agreed a moment ago on our own page; confirming by link is for lists of customers.
    doubleOptIn: sender?.terms.doubleOptIn === true && !isLeads(wanted),
    consentConfirmed: optIn?.['status'] === 'confirmed',
    suppressed: suppressionOf(about, channel),
    optedOut: message.optedOut || conversation?.['opted_out'] === true,
    lastInboundAt: textOf(conversation?.['last_inbound_at']),
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

function personOf({ customerId, address, channel }: Wanted, customers: Rows): Person {
  if (customerId === null) return { ...NOBODY, stands: true, address };
  const row = rowOf(customers, customerId);
  if (row === null) return NOBODY;
  const { status, name, email, phone, consents } = row;
  return {
    stands: status === 'active',
    name: textOf(name),
    address: address ?? textOf(channel === 'email' ? email : phone),
    consents: Array.isArray(consents) ? consents.filter((each) => typeof each === 'string') : [],
    timeZone: textOf(row['time_zone']),
  };
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
  const row = rowOf(suppressions, suppressionIdOf({ channel, addressId }));
  if (row?.['status'] !== 'suppressed') return null;
  return row['scope'] === 'marketing' ? 'marketing' : 'all';
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

async function getMany(
  { reader }: FactsDependencies,
  model: ReadModel,
  { tenant, keys }: { readonly tenant: string; readonly keys: readonly string[] },
): Promise<Rows> {
  if (keys.length === 0) return new Map();
  return reader(model).getMany({ tenant, keys: [...new Set(keys)] });
}

function rowOf(rows: Rows, key: string): ReadRow['row'] | null {
  return rows.get(key)?.row ?? null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
