/**
 * What a webhook of the WhatsApp Cloud API says, in our words. Batched: every array is walked. What is not known is left
 * out, since the provider adds kinds at any time, and a refusal would only make it repeat.
 */

export interface ProviderStatus {
  readonly kind: 'status';
  /** The id of our message, as it was handed over; empty when the provider does not say. */
  readonly callbackData: string;
  readonly providerId: string;
  readonly status: 'sent' | 'delivered' | 'read' | 'failed';
  /** RFC 3339. */
  readonly at: string;
  /** Of `failed`. */
  readonly errorCode: number | null;
}

export interface InboundMessage {
  readonly kind: 'inbound';
  readonly phoneNumberId: string;
  /** E.164. */
  readonly from: string;
  /** As the provider knows the person. */
  readonly name: string | null;
  readonly providerId: string;
  /** `text`, `image`, ... */
  readonly type: string;
  readonly text: string | null;
  readonly at: string;
}

export interface TemplateUpdate {
  readonly kind: 'template';
  readonly name: string;
  readonly language: string;
  /** APPROVED, REJECTED, PAUSED ... */
  readonly event: string;
  readonly reason: string | null;
}

/** The person stopped or allowed marketing at the provider. */
export interface PreferenceChange {
  readonly kind: 'preference';
  readonly phoneNumberId: string;
  readonly from: string;
  readonly stops: boolean;
}

export type WebhookItem = ProviderStatus | InboundMessage | TemplateUpdate | PreferenceChange;

/** Of one webhook: 3 MB hold some ten thousand. */
const ITEMS_MAX = 20_000;
const TEXT_LENGTH_MAX = 4_096;

type Held = Readonly<Record<string, unknown>>;

/** Null when it is no webhook of WhatsApp at all. */
export function parseWebhook(body: unknown): readonly WebhookItem[] | null {
  const root = objectOf(body);
  if (root?.['object'] !== 'whatsapp_business_account') return null;
  const items = objectsIn(root['entry']).flatMap((entry) =>
    objectsIn(entry['changes']).flatMap((change) => {
      const value = objectOf(change['value']);
      return value === null ? [] : itemsOf(change['field'], value);
    }),
  );
  return items.slice(0, ITEMS_MAX);
}

function itemsOf(field: unknown, value: Held): readonly WebhookItem[] {
  const phoneNumberId = textOf(objectOf(value['metadata'])?.['phone_number_id']) ?? '';
  switch (field) {
    case 'messages': {
      const names = namesOf(value);
      return [
        ...objectsIn(value['statuses']).flatMap((status) => statusOf(status)),
        ...objectsIn(value['messages']).flatMap((message) =>
          inboundOf(message, { phoneNumberId, names }),
        ),
      ];
    }
    case 'message_template_status_update':
      return templateOf(value);
    case 'user_preferences':
      return objectsIn(value['user_preferences']).flatMap((preference) =>
        preferenceOf(preference, phoneNumberId),
      );
    default:
      return [];
  }
}

const STATUSES: ReadonlyMap<unknown, ProviderStatus['status']> = new Map([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  // Of a voice message.
  ['played', 'read'],
  ['failed', 'failed'],
]);

function statusOf(held: Held): readonly ProviderStatus[] {
  const status = STATUSES.get(held['status']);
  const providerId = textOf(held['id']);
  const at = momentOf(held['timestamp']);
  if (status === undefined || providerId === null || at === null) return [];
  const [error] = objectsIn(held['errors']);
  const code = error?.['code'];
  const errorCode = typeof code === 'number' ? code : null;
  const callbackData = textOf(held['biz_opaque_callback_data']) ?? '';
  return [{ kind: 'status', callbackData, providerId, status, at, errorCode }];
}

function inboundOf(
  held: Held,
  {
    phoneNumberId,
    names,
  }: { readonly phoneNumberId: string; readonly names: ReadonlyMap<string, string> },
): readonly InboundMessage[] {
  const providerId = textOf(held['id']);
  const from = phoneOf(held['from']);
  const at = momentOf(held['timestamp']);
  const type = textOf(held['type']);
  if (providerId === null || from === null || at === null || type === null) return [];
  const button = objectOf(held['button'])?.['text'];
  const text =
    textOf(objectOf(held['text'])?.['body'] ?? button)?.slice(0, TEXT_LENGTH_MAX) ?? null;
  const name = names.get(from) ?? null;
  return [{ kind: 'inbound', phoneNumberId, from, name, providerId, type, text, at }];
}

function namesOf(value: Held): ReadonlyMap<string, string> {
  return new Map(
    objectsIn(value['contacts']).flatMap((contact) => {
      const phone = phoneOf(contact['wa_id']);
      const name = textOf(objectOf(contact['profile'])?.['name']);
      return phone === null || name === null ? [] : [[phone, name.slice(0, 200)] as const];
    }),
  );
}

function templateOf(value: Held): readonly TemplateUpdate[] {
  const name = textOf(value['message_template_name']);
  const language = textOf(value['message_template_language'])?.replace('_', '-');
  const event = textOf(value['event']);
  if (name === null || language === undefined || event === null) return [];
  return [{ kind: 'template', name, language, event, reason: textOf(value['reason']) }];
}

function preferenceOf(held: Held, phoneNumberId: string): readonly PreferenceChange[] {
  const from = phoneOf(held['wa_id']);
  const value = held['value'];
  if (from === null || (value !== 'stop' && value !== 'resume')) return [];
  return [{ kind: 'preference', phoneNumberId, from, stops: value === 'stop' }];
}

/** WhatsApp leaves the plus sign out. */
function phoneOf(value: unknown): string | null {
  return typeof value === 'string' && /^[1-9][0-9]{6,14}$/.test(value) ? `+${value}` : null;
}

/** Seconds since the epoch, as text. */
function momentOf(value: unknown): string | null {
  const seconds = typeof value === 'string' && /^[0-9]{1,11}$/.test(value) ? Number(value) : NaN;
  return Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString() : null;
}

function objectOf(value: unknown): Held | null {
  // safe because any member of an object may be asked for
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Held)
    : null;
}

function objectsIn(value: unknown): readonly Held[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.flatMap((each) => {
    const held = objectOf(each);
    return held === null ? [] : [held];
  });
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
