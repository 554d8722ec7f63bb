/** Shapes of webhooks over HTTP. */
import { Type, type Static } from 'typebox';
import { URL_LENGTH_MAX } from '../webhooks/egress/url.ts';
import {
  DESCRIPTION_LENGTH_MAX,
  TYPE_LENGTH_MAX,
  TYPES_PER_ENDPOINT_MAX,
} from '../webhooks/endpoint.ts';

const Time = Type.String({ format: 'date-time', description: 'RFC 3339 with zone.' });
const NullableTime = Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time' });
const NullableText = Type.Unsafe<string | null>({ type: ['string', 'null'] });

const Url = Type.String({
  minLength: 1,
  maxLength: URL_LENGTH_MAX,
  description:
    'HTTPS address of a public host on port 443 or 8443, without credentials and fragment.',
});
const Types = Type.Array(Type.String({ minLength: 1, maxLength: TYPE_LENGTH_MAX }), {
  minItems: 1,
  maxItems: TYPES_PER_ENDPOINT_MAX,
  uniqueItems: true,
  description: 'Types of events: exact, `prefix.*`, or `*` alone for all.',
});
const Description = Type.String({
  minLength: 1,
  maxLength: DESCRIPTION_LENGTH_MAX,
  pattern: '^[^\\p{Cc}\\p{Cs}]+$',
});

export const WebhookCreate = Type.Object(
  { url: Url, types: Types, description: Type.Optional(Description) },
  { additionalProperties: false },
);
export type WebhookCreate = Static<typeof WebhookCreate>;

export const WebhookUpdate = Type.Object(
  {
    url: Type.Optional(Url),
    types: Type.Optional(Types),
    description: Type.Optional(Description),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type WebhookUpdate = Static<typeof WebhookUpdate>;

const VIEW = {
  id: Type.String(),
  url: Type.String(),
  types: Type.Array(Type.String()),
  description: NullableText,
  status: Type.Enum(['enabled', 'disabled']),
  disabledReason: Type.Unsafe<string | null>({
    enum: ['asked', 'gone', 'failing', null],
    description: 'Somebody asked; the receiver answered 410; it failed for five days.',
  }),
  failingSince: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    format: 'date-time',
    description:
      'Set once a delivery has failed four times, after some 35 minutes; null after a success.',
  }),
  suspended: Type.Boolean({
    description: 'No event was handed over for seven days: resume it once the cause is mended.',
  }),
  createdAt: Time,
  updatedAt: Time,
};
const Secret = Type.String({
  description: '`whsec_` and base64: what receivers verify signatures with. Shown here only.',
});

export const WebhookView = Type.Object(VIEW);
export type WebhookView = Static<typeof WebhookView>;

export const WebhookCreated = Type.Object({ ...VIEW, secret: Secret });
export type WebhookCreated = Static<typeof WebhookCreated>;

export const WebhookPage = Type.Object({
  items: Type.Array(WebhookView),
  next: NullableText,
  more: Type.Boolean(),
});
export type WebhookPage = Static<typeof WebhookPage>;

export const SecretRotated = Type.Object({
  secret: Secret,
  oldSecretUntil: Type.String({
    format: 'date-time',
    description: 'Until then messages carry a signature of each secret.',
  }),
});
export type SecretRotated = Static<typeof SecretRotated>;

export const ReplayRequest = Type.Object(
  {
    after: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Cursor of a listing or of an answer; from the oldest event held without it.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type ReplayRequest = Static<typeof ReplayRequest>;

export const ReplayBegun = Type.Object({
  through: Type.String({ description: 'Cursor of the last event that will be sent.' }),
});
export type ReplayBegun = Static<typeof ReplayBegun>;

export const DeliveryView = Type.Object({
  id: Type.String({ description: 'The header webhook-id: the same at every attempt and resend.' }),
  type: Type.String({ description: 'Type of the event.' }),
  position: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'Of the event in the log; null for a test message.',
  }),
  status: Type.Enum(['waiting', 'delivered', 'failed', 'cancelled']),
  attempts: Type.Array(
    Type.Object({
      at: Time,
      durationMs: Type.Integer({ minimum: 0 }),
      status: Type.Unsafe<number | null>({
        type: ['integer', 'null'],
        description: 'HTTP status, null when there was no answer.',
      }),
      code: Type.Unsafe<string | null>({
        type: ['string', 'null'],
        description: 'Why the attempt failed, null for a success.',
      }),
    }),
    { description: 'The newest 50, oldest first.' },
  ),
  createdAt: Time,
  nextAttemptAt: NullableTime,
  settledAt: NullableTime,
});
export type DeliveryView = Static<typeof DeliveryView>;

export const DeliveryPage = Type.Object({
  items: Type.Array(DeliveryView),
  next: NullableText,
  more: Type.Boolean(),
});
export type DeliveryPage = Static<typeof DeliveryPage>;
