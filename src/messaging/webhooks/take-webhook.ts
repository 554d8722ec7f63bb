/** Carries out what a webhook says, in the tenant of its address: statuses, inbound messages, templates, preferences. */
import type { ReadModel } from '../../core/read-model.ts';
import {
  conversationIdOf,
  CONVERSATIONS,
  isOptOut,
  senderList,
  suppressionIdOf,
  SUPPRESSIONS,
  TEMPLATES,
  templateList,
  type AddressIds,
} from '../../modules/messages/index.ts';
import { customerList } from '../../modules/customers/index.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { RowReader } from '../../projections/projections.ts';
import type { GiveCommand } from '../commands.ts';
import { addOptOut } from '../outbox/opt-outs.ts';
import type { MessagePlace } from '../outbox/outbox-row.ts';
import { reviewOf } from '../templates/sync-templates.ts';
import type {
  InboundMessage,
  PreferenceChange,
  TemplateUpdate,
  WebhookItem,
} from './parse-webhook.ts';
import type { TakeStatuses } from './take-statuses.ts';

export interface IntakeDependencies {
  readonly database: Queryable;
  readonly giveCommand: GiveCommand;
  readonly reader: (model: ReadModel) => Pick<RowReader, 'list'>;
  readonly addressIds: AddressIds;
  readonly bucketOf: (tenant: string) => number;
  readonly takeStatuses: TakeStatuses;
}

/** Durable when it resolves. Errors: those of the pipeline, the log and the database; the provider repeats then. */
export async function takeWebhook(
  deps: IntakeDependencies,
  tenant: string,
  items: readonly WebhookItem[],
): Promise<void> {
  const place = { bucket: deps.bucketOf(tenant), tenant };
  // Opt-outs first: nothing else in the heap may be sent past them.
  for (const item of items) if (item.kind === 'inbound') await takeInbound(deps, place, item);
  await deps.takeStatuses(
    place,
    items.filter((item) => item.kind === 'status'),
  );
  for (const item of items) {
    if (item.kind === 'preference') await takePreference(deps, place, item);
    if (item.kind === 'template') await takeTemplate(deps, place, item);
  }
}

async function takeInbound(
  deps: IntakeDependencies,
  { bucket, tenant }: MessagePlace,
  item: InboundMessage,
): Promise<void> {
  const senderId = await senderOf(deps, tenant, item.phoneNumberId);
  // A number that nobody set up here.
  if (senderId === null) return;
  const { from: address, name, providerId, type: kind, text, at: sentAt } = item;
  const addressId = await deps.addressIds.addressIdOf({ tenant, address });
  // At once and for every claim from now on; the command below says the same to everybody else.
  if (text !== null && isOptOut(text, 'en'))
    await addOptOut(deps.database, { bucket, tenant, senderId, recipient: addressId });
  const customerId = await customerOf(deps, tenant, address);
  await deps.giveCommand({
    tenant,
    category: CONVERSATIONS,
    command: 'ReceiveInbound',
    id: conversationIdOf({ senderId, addressId }),
    input: {
      channel: 'whatsapp',
      senderId,
      address,
      ...(name === null ? {} : { name }),
      ...(customerId === null ? {} : { customerId }),
      suppressionId: suppressionIdOf({ channel: 'whatsapp', addressId }),
      providerId,
      kind: kind.slice(0, 40),
      ...(text === null ? {} : { text }),
      sentAt,
    },
  });
}

async function takePreference(
  deps: IntakeDependencies,
  { tenant }: MessagePlace,
  { from: address, stops }: PreferenceChange,
): Promise<void> {
  // Allowing it again at the provider is no consent given to the house.
  if (!stops) return;
  const addressId = await deps.addressIds.addressIdOf({ tenant, address });
  const id = suppressionIdOf({ channel: 'whatsapp', addressId });
  const input = { channel: 'whatsapp', reason: 'opt-out', scope: 'marketing' };
  await deps.giveCommand({ tenant, category: SUPPRESSIONS, command: 'SuppressAddress', id, input });
}

async function takeTemplate(
  deps: IntakeDependencies,
  { tenant }: MessagePlace,
  { name, language, event, reason }: TemplateUpdate,
): Promise<void> {
  const review = reviewOf(event);
  const [, base = name, version = '1'] = /^(.+)_v([0-9]+)$/.exec(name) ?? [];
  if (review === undefined) return;
  const found = await deps.reader(templateList).list({ tenant, filters: { name: base }, limit: 1 });
  const id = found.items[0]?.key;
  if (id === undefined) return;
  const input = {
    version: Number(version),
    language,
    review,
    ...(reason === null ? {} : { reason: reason.slice(0, 500) }),
  };
  await deps.giveCommand({ tenant, category: TEMPLATES, command: 'NoteTemplateReview', id, input });
}

async function senderOf(
  { reader }: IntakeDependencies,
  tenant: string,
  phoneNumberId: string,
): Promise<string | null> {
  if (phoneNumberId === '') return null;
  const found = await reader(senderList).list({ tenant, filters: { phoneNumberId }, limit: 1 });
  return found.items[0]?.key ?? null;
}

/** The one active customer with this phone; of several nobody knows which it is. */
async function customerOf(
  { reader }: IntakeDependencies,
  tenant: string,
  phone: string,
): Promise<string | null> {
  const filters = { phone, status: 'active' };
  const { items } = await reader(customerList).list({ tenant, filters, limit: 2 });
  return items.length === 1 ? (items[0]?.key ?? null) : null;
}
