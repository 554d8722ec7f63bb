/** What the sentences of events are filled with. Values that an event does not have are left out. */
import { choiceInWords } from './event-choices.ts';
import { formatMoment, formatMoney } from './format.ts';
import type { Language, Values } from './define-words.ts';
import type { WordedEvent } from './event-sentences/sentence.ts';

export type NamedKind = 'table' | 'customer' | 'product' | 'order' | 'tier';

/** What a screen knows beyond the event. */
export interface EventNames {
  /** What people call a thing; of an order its number. Undefined where it is not known. */
  readonly nameOf?: ((kind: NamedKind, id: string) => string | undefined) | undefined;
  /** The zone of the place (IANA). */
  readonly zone?: string | undefined;
  /** Of amounts that do not say theirs: that of the house. */
  readonly currency?: string | undefined;
}

type Data = Readonly<Record<string, unknown>>;

interface Reader {
  readonly type: string;
  readonly data: Data;
  readonly language: Language;
  readonly names: EventNames;
}

export function eventValues(
  event: WordedEvent,
  { language, names }: { readonly language: Language; readonly names: EventNames },
): Values {
  const data = isRecord(event.data) ? event.data : {};
  const reader: Reader = { type: event.type, data, language, names };
  const id = event.subject ?? event.stream?.split('/').slice(1).join('/') ?? '';
  const values: Record<string, string | number | undefined> = {
    ...plainOf(reader),
    ...amountsOf(reader),
    ...momentsOf(reader),
    ...idsOf(reader),
    ...tenderOf(data),
    ...flagsOf(data),
    count: countOf(data),
    called: calledIn(reader),
    who: whoOf(reader, id),
  };
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, string | number] => entry[1] !== undefined,
    ),
  );
}

/** Longer ones are somebody's prose: cut, since a sentence is read at a glance. */
const TEXT_LENGTH_MAX = 80;

const TEXTS = [
  'name',
  'reason',
  'channel',
  'stage',
  'grade',
  'from',
  'to',
  'code',
  'splitFrom',
  'kind',
  'by',
  'as',
  'use',
  'review',
  'source',
  'language',
  'text',
  'note',
  'tier',
] as const;
const NUMBERS = [
  'number',
  'remaining',
  'quantity',
  'points',
  'seats',
  'holdsMax',
  'score',
] as const;

/** Events of the club have ids of tiers there; stages of leads are called alike. */
const TIERS: ReadonlySet<string> = new Set(['from', 'to', 'tier']);

function plainOf(reader: Reader): Record<string, string | number | undefined> {
  const { data } = reader;
  const texts = TEXTS.map((key) => [key, textInWords(reader, key)] as const);
  const numbers = NUMBERS.map(
    (key) => [key, numberOf(data[key]) ?? cut(textOf(data[key]))] as const,
  );
  const tags = Array.isArray(data['tags'])
    ? data['tags'].filter((tag) => typeof tag === 'string').join(', ')
    : '';
  // A sentence ends with its reason: without one it ends before the colon.
  return {
    reason: '',
    ...defined([...texts, ...numbers]),
    ...(textOf(data['numberText']) === undefined ? {} : { number: textOf(data['numberText']) }),
    tags: tags === '' ? undefined : cut(tags),
    guests: numberOf(data['partySize']) ?? numberOf(data['guests']),
  };
}

function textInWords(
  { type, data, language, names }: Reader,
  key: (typeof TEXTS)[number],
): string | undefined {
  const text = cut(textOf(data[key]));
  if (text === undefined) return undefined;
  if (TIERS.has(key) && type.startsWith('comptoir.loyalty.'))
    return cut(names.nameOf?.('tier', text)) ?? text;
  return choiceInWords(key, text, language);
}

function defined(
  entries: readonly (readonly [string, string | number | undefined])[],
): Record<string, string | number> {
  return Object.fromEntries(
    entries.filter((entry): entry is readonly [string, string | number] => entry[1] !== undefined),
  );
}

const AMOUNTS = [
  'amount',
  'gross',
  'value',
  'float',
  'counted',
  'overShort',
  'settled',
  'offer',
  'budget',
  'price',
] as const;

function amountsOf({ data, language, names }: Reader): Record<string, string | undefined> {
  const currency = textOf(data['currency']) ?? names.currency;
  return Object.fromEntries(
    AMOUNTS.map((key) => {
      const value = data[key] ?? (isRecord(data['product']) ? data['product'][key] : undefined);
      if (isRecord(value)) {
        const [amount, own] = [numberOf(value['amount']), textOf(value['currency'])];
        return [
          key,
          amount === undefined || own === undefined
            ? undefined
            : formatMoney({ amount, currency: own }, language),
        ];
      }
      const amount = numberOf(value);
      return [
        key,
        amount === undefined || currency === undefined
          ? undefined
          : formatMoney({ amount, currency }, language),
      ];
    }),
  );
}

function momentsOf({ data, language, names }: Reader): Record<string, string | undefined> {
  const zone = names.zone === undefined ? {} : { timeZone: names.zone };
  const moment = (value: unknown): string | undefined => {
    const text = textOf(value);
    return text === undefined
      ? undefined
      : formatMoment(text, language, { dateStyle: 'medium', timeStyle: 'short', ...zone });
  };
  const day = (value: unknown): string | undefined => {
    const text = textOf(value);
    return text === undefined
      ? undefined
      : formatMoment(`${text}T12:00:00Z`, language, { dateStyle: 'medium', timeZone: 'UTC' });
  };
  return {
    startsAt: moment(data['startsAt']),
    until: moment(data['until']),
    dueAt: moment(data['dueAt']),
    date: day(data['date']),
    day: day(data['day']),
    on: day(data['on']),
  };
}

function idsOf(reader: Reader): Record<string, string | undefined> {
  const { data, names } = reader;
  const table = (id: string | undefined): string | undefined =>
    id === undefined ? undefined : (names.nameOf?.('table', id) ?? tableLabel(id));
  const tables = Array.isArray(data['tableIds'])
    ? data['tableIds'].filter((id) => typeof id === 'string')
    : [];
  const product = textOf(data['productId']) ?? placeProduct(data);
  const customer = textOf(data['customerId']);
  const number = numberOf(data['number']);
  const order = textOf(data['orderId']);
  return {
    table: table(textOf(data['tableId'])),
    toTable: table(textOf(data['toTableId'])),
    tables: tables.length === 0 ? undefined : tables.map((id) => table(id)).join(', '),
    product:
      product === undefined
        ? undefined
        : (names.nameOf?.('product', product) ?? calledIn(reader) ?? idInWords(product)),
    customer:
      customer === undefined
        ? undefined
        : (names.nameOf?.('customer', customer) ?? idInWords(customer)),
    order:
      number === undefined
        ? order === undefined
          ? undefined
          : (names.nameOf?.('order', order) ?? shortId(order))
        : String(number),
  };
}

/** Portions say which product within their place. */
function placeProduct(data: Data): string | undefined {
  const { place } = data;
  return isRecord(place) ? textOf(place['productId']) : undefined;
}

function tenderOf(data: Data): Record<string, string | undefined> {
  const kind = textOf(data['kind']);
  return { cash: kind === 'cash' ? kind : undefined, card: kind === 'card' ? kind : undefined };
}

/** What `{count}` counts: people, points, minutes, or what a list of the event holds. */
function countOf(data: Data): number | undefined {
  for (const key of ['partySize', 'guests', 'minutes', 'points', 'earned']) {
    const value = numberOf(data[key]);
    if (value !== undefined) return Math.abs(value);
  }
  const recipients = numberOf(data['recipients']);
  if (recipients !== undefined) return recipients;
  for (const key of ['lines', 'orderIds', 'recipients', 'imageIds']) {
    const value = data[key];
    if (Array.isArray(value)) return value.length;
  }
  return undefined;
}

/** Who or what it is about: by name where one is told, else its id. */
function whoOf(reader: Reader, id: string): string {
  const { data, names } = reader;
  const customer = textOf(data['customerId']) ?? textOf(data['memberId']);
  const known = customer === undefined ? undefined : names.nameOf?.('customer', customer);
  return known ?? calledIn(reader) ?? shownOn(reader) ?? idInWords(id);
}

/** The product whose pictures it is about: those of pages have a word of their own. */
function shownOn({ data, names }: Reader): string | undefined {
  const product = isRecord(data['on']) ? textOf(data['on']['productId']) : undefined;
  return product === undefined
    ? undefined
    : (names.nameOf?.('product', product) ?? idInWords(product));
}

/** Parts of an event that hold what the thing is called. */
const CALLED = [
  'product',
  'category',
  'group',
  'recipe',
  'priceList',
  'definition',
  'contact',
] as const;

/** What the event itself calls the thing: a name, or one for each language. */
function calledIn({ data, language }: Reader): string | undefined {
  const inside = [data, ...CALLED.map((key) => data[key]), data['terms'], data['profile']];
  return inside
    .filter(isRecord)
    .flatMap((part) => [part['name'], part['title'], part['tradeName'], part['legalName']])
    .map((name) => cut(textOf(name) ?? textIn(name, language)))
    .find((name) => name !== undefined);
}

/** Of a text in several languages, that of the reader, else the first. */
function textIn(texts: unknown, language: Language): string | undefined {
  if (!isRecord(texts)) return undefined;
  const own = Object.entries(texts).find(([tag]) => tag.startsWith(language));
  return (
    textOf(own?.[1]) ??
    Object.values(texts)
      .map(textOf)
      .find((text) => text !== undefined)
  );
}

/** What is said otherwise when it holds. */
function flagsOf(data: Data): Record<string, string | undefined> {
  const isTrue = (key: string): string | undefined => (data[key] === true ? key : undefined);
  return {
    late: isTrue('late'),
    whole: isTrue('whole'),
    automatic: isTrue('automatic'),
    served: data['to'] === 'served' ? 'served' : undefined,
    confirmed: data['status'] === 'confirmed' ? 'confirmed' : undefined,
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Of an id, its end: the beginning of a time-ordered one is the same all day. */
const SHORT_ID_LENGTH = 6;
const ID_LENGTH_MAX = 16;

/** `garden-gate` is "Garden gate"; an id that nobody chose is shortened. */
export function idInWords(id: string): string {
  if (!/^[\p{L}][\p{L}\d]*(?:-[\p{L}\d]+)*$/u.test(id) || UUID.test(id)) return shortId(id);
  const text = id.replaceAll('-', ' ');
  return cut(text.charAt(0).toUpperCase() + text.slice(1)) ?? id;
}

export function shortId(id: string): string {
  if (UUID.test(id)) return `…${id.slice(-SHORT_ID_LENGTH)}`;
  return id.length > ID_LENGTH_MAX ? `…${id.slice(-SHORT_ID_LENGTH)}` : id;
}

/** `t8` is what stands on the card as T8. */
function tableLabel(id: string): string {
  return /^[a-z]{1,2}\d{1,3}$/.test(id) ? id.toUpperCase() : idInWords(id);
}

function cut(text: string | undefined): string | undefined {
  if (text === undefined || text.length <= TEXT_LENGTH_MAX) return text;
  return `${text.slice(0, TEXT_LENGTH_MAX)}…`;
}

function isRecord(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
