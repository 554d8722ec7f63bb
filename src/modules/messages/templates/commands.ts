import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { moneySchema } from '../../../core/money.ts';
import { channel, id, language, NOTHING } from '../shapes.ts';
import { templateCategory, templateReview, templateText, templateVariable } from './events.ts';

/** Providers take fewer; more variables are another template. */
const VARIABLES_MAX = 20;
const LANGUAGES_MAX = 12;

const content = {
  category: templateCategory,
  variables: Type.Array(templateVariable, { maxItems: VARIABLES_MAX }),
  texts: Type.Array(templateText, { minItems: 1, maxItems: LANGUAGES_MAX }),
  costPerThousand: Type.Optional(Type.Union([moneySchema, Type.Null()])),
};
/** As WhatsApp wants names of templates. */
const name = Type.String({ pattern: '^[a-z][a-z0-9_]{0,99}$' });

export const createTemplate = defineCommand({
  name: 'CreateTemplate',
  summary: 'Writes a template of messages',
  permission: 'templates',
  input: Type.Object({ name, channel, ...content }, { additionalProperties: false }),
  examples: [
    {
      name: 'booking_confirmed',
      channel: 'whatsapp',
      category: 'utility',
      variables: [
        { name: 'name', example: 'Ana' },
        { name: 'time', example: '19:30' },
      ],
      texts: [
        { language: 'en', body: 'Hello {{name}}, we expect you at {{time}}.' },
        { language: 'pl', body: 'Dzień dobry {{name}}, czekamy o {{time}}.' },
        { language: 'pt-BR', body: 'Olá {{name}}, esperamos você às {{time}}.' },
      ],
      costPerThousand: { amount: 1_430, currency: 'EUR' },
    },
    {
      name: 'autumn_menu',
      channel: 'email',
      category: 'marketing',
      variables: [],
      texts: [{ language: 'en', subject: 'Our autumn menu', body: 'It is here.' }],
    },
  ],
});

export const changeTemplate = defineCommand({
  name: 'ChangeTemplate',
  word: 'change',
  summary: 'Writes the next version; it has to be submitted again',
  permission: 'templates',
  input: Type.Object(content, { additionalProperties: false }),
  examples: [
    {
      category: 'utility',
      variables: [{ name: 'time', example: '19:30' }],
      texts: [{ language: 'en', subject: 'Tonight', body: 'We expect you at {{time}}.' }],
    },
  ],
});

export const submitTemplate = defineCommand({
  name: 'SubmitTemplate',
  word: 'submit',
  summary: 'Gives the newest version to the provider for review; e-mail and SMS need none',
  permission: 'templates',
  input: Type.Object(
    {
      /** Of WhatsApp: by the account of which sender. */
      senderId: Type.Optional(id),
    },
    { additionalProperties: false },
  ),
  examples: [{ senderId: 'front-desk' }, {}],
});

export const noteTemplateReview = defineCommand({
  name: 'NoteTemplateReview',
  word: 'note-review',
  summary: 'Notes what the provider says of one language of a version',
  internal: true,
  permission: 'templates',
  input: Type.Object(
    {
      version: Type.Integer({ minimum: 1 }),
      language,
      review: templateReview,
      reason: Type.Optional(Type.String({ maxLength: 500 })),
      providerId: Type.Optional(id),
    },
    { additionalProperties: false },
  ),
  examples: [
    { version: 1, language: 'en', review: 'approved', providerId: '1234567890' },
    { version: 1, language: 'en', review: 'rejected', reason: 'INVALID_FORMAT' },
  ],
});

export const archiveTemplate = defineCommand({
  name: 'ArchiveTemplate',
  word: 'archive',
  summary: 'Takes the template off the list; what was asked for before still goes out',
  permission: 'templates',
  input: NOTHING,
  examples: [{}],
});

export const TEMPLATE_COMMANDS = [
  createTemplate,
  changeTemplate,
  submitTemplate,
  noteTemplateReview,
  archiveTemplate,
] as const;
export type TemplateCommand = CommandFor<(typeof TEMPLATE_COMMANDS)[number]>;

export const TEMPLATE_REFUSALS = {
  TEMPLATE_EXISTS: {
    sentence: 'A template with this id is there already.',
    remedy: 'Change the existing template.',
  },
  TEMPLATE_ARCHIVED: {
    sentence: 'The template was archived.',
    remedy: 'Write a new template.',
  },
  TEMPLATE_PLACEHOLDER_UNKNOWN: {
    sentence: 'A text has a placeholder that is none of the variables.',
    remedy: 'Declare the variables that the details name, or take them out of the texts.',
  },
  TEMPLATE_VARIABLE_UNUSED: {
    sentence: 'A variable stands in none of the texts of a language.',
    remedy: 'Use the variables that the details name in every language, or take them out.',
  },
  TEMPLATE_NAME_TWICE: {
    sentence: 'A variable or a language stands twice.',
    remedy: 'Give every variable and every language once.',
  },
  TEMPLATE_SUBJECT_MISSING: {
    sentence: 'An e-mail needs a subject in every language.',
    remedy: 'Add a subject.',
  },
  TEMPLATE_PART_UNFIT: {
    sentence: 'WhatsApp takes no such header, body or footer.',
    remedy:
      'A header (`subject`) has 60 characters and one variable at most, a body 1,024 characters, a footer 60 and no variable.',
  },
  TEMPLATE_SENDER_MISSING: {
    sentence: 'A WhatsApp template is submitted by the account of a sender.',
    remedy: 'Name a WhatsApp sender in `senderId`.',
  },
} as const satisfies Record<string, Refusal>;
