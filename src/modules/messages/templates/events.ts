/** Events on the stream of a template, `messages.templates/{templateId}`. A version never changes once it was submitted. */
import { Type, type Static } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { moneySchema } from '../../../core/money.ts';
import { channel, language, textOrNull } from '../shapes.ts';

const templateId = Type.String();

/** Text in one language; variables stand in double braces: `Hello {{name}}`. */
export const templateText = Type.Object(
  {
    language,
    /** Of an e-mail, required there; of WhatsApp the header, with one variable at most. */
    subject: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    body: Type.String({ minLength: 1, maxLength: 4096 }),
    footer: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  },
  { additionalProperties: false },
);
export type TemplateText = Static<typeof templateText>;

export const templateVariable = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,39}$' }),
    /** Shown to whoever reviews the template. */
    example: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
);
export type TemplateVariable = Static<typeof templateVariable>;

export const templateCategory = Type.Union([
  Type.Literal('marketing'),
  Type.Literal('utility'),
  Type.Literal('authentication'),
]);

export const templateContent = {
  /** The provider's name for it. */
  name: Type.String(),
  channel,
  category: templateCategory,
  /** In the provider's order: `{{1}}` of WhatsApp is the first. */
  variables: Type.Array(templateVariable),
  texts: Type.Array(templateText),
  /** Estimated, since prices lie far below a cent a message; null where nobody knows. */
  costPerThousand: Type.Union([moneySchema, Type.Null()]),
};

export const templateCreated = defineEvent({
  name: 'TemplateCreated',
  wireName: 'comptoir.message-template.created',
  data: Type.Object({ templateId, version: Type.Literal(1), ...templateContent }),
});

/** The whole of it as the next version. */
export const templateChanged = defineEvent({
  name: 'TemplateChanged',
  wireName: 'comptoir.message-template.changed',
  data: Type.Object({ templateId, version: Type.Integer({ minimum: 2 }), ...templateContent }),
});

/** For WhatsApp: the provider is to be asked. E-mail and SMS are approved in the same breath. */
export const templateSubmitted = defineEvent({
  name: 'TemplateSubmitted',
  wireName: 'comptoir.message-template.submitted',
  data: Type.Object({ templateId, version: Type.Integer(), senderId: textOrNull }),
});

export const templateReview = Type.Union([
  Type.Literal('approved'),
  Type.Literal('rejected'),
  Type.Literal('paused'),
]);

/** What the provider says of one language of a version; the newest counts. */
export const templateReviewed = defineEvent({
  name: 'TemplateReviewed',
  wireName: 'comptoir.message-template.reviewed',
  data: Type.Object({
    templateId,
    version: Type.Integer(),
    language: Type.String(),
    review: templateReview,
    reason: textOrNull,
    /** The provider's id of the template in this language. */
    providerId: textOrNull,
  }),
});

export const templateArchived = defineEvent({
  name: 'TemplateArchived',
  wireName: 'comptoir.message-template.archived',
  data: Type.Object({ templateId }),
});

export const TEMPLATE_EVENTS = [
  templateCreated,
  templateChanged,
  templateSubmitted,
  templateReviewed,
  templateArchived,
] as const;
export type TemplateEvent = EventOf<(typeof TEMPLATE_EVENTS)[number]>;
