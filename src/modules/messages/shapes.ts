/** Shapes that the aggregates of messages share. */
import { Type, type Static } from 'typebox';

export const channel = Type.Union([
  Type.Literal('whatsapp'),
  Type.Literal('email'),
  Type.Literal('sms'),
]);
export type Channel = Static<typeof channel>;

/** Marketing needs consent and keeps to caps; a reply belongs to a conversation that the person began. */
export const purpose = Type.Union([
  Type.Literal('transactional'),
  Type.Literal('marketing'),
  Type.Literal('reply'),
]);
export type Purpose = Static<typeof purpose>;

export const textOrNull = Type.Union([Type.String(), Type.Null()]);

/** `pl`, `pt-BR`. */
export const language = Type.String({ pattern: '^[a-z]{2}(-[A-Z]{2})?$' });

export const id = Type.String({ minLength: 1, maxLength: 128 });
export const NOTHING = Type.Object({}, { additionalProperties: false });

/** Local wall-clock times `HH:MM`; quiet from `from` until `to`, over midnight where `from` is later. */
export const quietHours = Type.Object(
  {
    from: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }),
    to: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }),
  },
  { additionalProperties: false },
);
export type QuietHours = Static<typeof quietHours>;

/** At most `count` marketing messages to one person within any `hours` hours. */
export const frequencyCap = Type.Object(
  {
    count: Type.Integer({ minimum: 1, maximum: 100 }),
    hours: Type.Integer({ minimum: 1, maximum: 8784 }),
  },
  { additionalProperties: false },
);
export type FrequencyCap = Static<typeof frequencyCap>;

/** Values of a template's variables by their names. */
export const variables = Type.Record(
  Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,39}$' }),
  Type.String({ maxLength: 1024 }),
);
export type Variables = Static<typeof variables>;
