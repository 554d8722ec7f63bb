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
import { activeWith, LOOK_UP_LISTS } from '../../modules/customers/index.ts';
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
  readonly reader: (model: ReadModel) => RowReader;
  /** Resolves once a list has seen what the tenant's bucket holds now. Errors: WAIT_TIMEOUT. */
  readonly upToNow: (tenant: string, model: ReadModel) => Promise<void>;
  readonly addressIds: AddressIds;
  readonly bucketOf: (tenant: string) => number;
  readonly takeStatuses: TakeStatuses;
}

/**
 * Durable when it resolves. What no list has is looked for once more when the list is not behind: answered with success, the
 * provider never tells it again. Errors: those of the pipeline, the log and the database, WAIT_TIMEOUT; the provider repeats then.
 */
export async function takeWebhook(
  deps: IntakeDependencies,
  tenant: string,
  items: readonly WebhookItem[],
): Promise<void> {
  const place = { bucket: deps.bucketOf(tenant), tenant };
  // Opt-outs first: nothing else in the heap may be sent past them.
  const intake = { ...deps, customersUpToNow: onceOf(deps, tenant) };
  for (const item of items) if (item.kind === 'inbound') await takeInbound(intake, place, item);
  await deps.takeStatuses(
    place,
    items.filter((item) => item.kind === 'status'),
  );
  for (const item of items) {
    if (item.kind === 'preference') await takePreference(intake, place, item);
    if (item.kind === 'template') await takeTemplate(deps, place, item);
  }
}

interface InboundDependencies extends IntakeDependencies {
  /** Never rejects: most who are not listed are strangers, whose words must not hang on a list that is paused. */
  readonly customersUpToNow: () => Promise<void>;
}

/** Waits once for all strangers of a webhook. */
function onceOf({ upToNow }: IntakeDependencies, tenant: string): () => Promise<void> {
  let waited: Promise<void> | undefined;
  const wait = (): Promise<unknown> =>
    Promise.all(LOOK_UP_LISTS.map((model) => upToNow(tenant, model)));
  return () =>
    (waited ??= wait().then(
      () => undefined,
      () => undefined,
    ));
}

async function takeInbound(
  deps: InboundDependencies,
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
  deps: InboundDependencies,
  { tenant }: MessagePlace,
  { from: address, stops }: PreferenceChange,
): Promise<void> {
  // Allowing it again at the provider is no consent given to the house.
  if (!stops) return;
  const addressId = await deps.addressIds.addressIdOf({ tenant, address });
  const id = suppressionIdOf({ channel: 'whatsapp', addressId });
  const customerId = await customerOf(deps, tenant, address);
  const who = customerId === null ? {} : { customerId };
  const input = { channel: 'whatsapp', reason: 'opt-out', scope: 'marketing', ...who };
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
  const id = await firstOf(deps, templateList, { tenant, filters: { name: base } });
  if (id === null) return;
  const input = {
    version: Number(version),
    language,
    review,
    ...(reason === null ? {} : { reason: reason.slice(0, 500) }),
  };
  await deps.giveCommand({ tenant, category: TEMPLATES, command: 'NoteTemplateReview', id, input });
}

async function senderOf(
  deps: IntakeDependencies,
  tenant: string,
  phoneNumberId: string,
): Promise<string | null> {
  if (phoneNumberId === '') return null;
  return firstOf(deps, senderList, { tenant, filters: { phoneNumberId } });
}

interface Wanted {
  readonly tenant: string;
  readonly filters: Readonly<Record<string, string>>;
}

/** Null only for what is not there: one that was made a moment ago is waited for. */
async function firstOf(
  { reader, upToNow }: IntakeDependencies,
  model: ReadModel,
  wanted: Wanted,
): Promise<string | null> {
  const first = async (): Promise<string | undefined> =>
    (await reader(model).list({ ...wanted, limit: 1 })).items[0]?.key;
  const listed = await first();
  if (listed !== undefined) return listed;
  await upToNow(wanted.tenant, model);
  return (await first()) ?? null;
}

/** The one active customer who has this phone among theirs; of several nobody knows which it is. */
async function customerOf(
  { reader, customersUpToNow }: InboundDependencies,
  tenant: string,
  phone: string,
): Promise<string | null> {
  const found = (): Promise<readonly string[]> =>
    activeWith({ projections: { reader } }, { tenant, kind: 'phone', value: phone });
  const listed = await found();
  if (listed.length > 0) return onlyOf(listed);
  await customersUpToNow();
  return onlyOf(await found());
}

function onlyOf(ids: readonly string[]): string | null {
  return ids.length === 1 ? (ids[0] ?? null) : null;
}
