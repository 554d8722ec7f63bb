import type { Refusal } from '../../core/aggregate.ts';

/** Of whatever asks for a message: of `RequestMessage` and of a reply. */
export const REQUEST_REFUSALS = {
  MESSAGE_EXISTS: {
    sentence: 'A message with this id is there already.',
    remedy: 'Ask without an id.',
  },
  MESSAGE_CONTENT_UNCLEAR: {
    sentence: 'A message has either a template or a text; a text by e-mail has a subject.',
    remedy: 'Give one of `template` and `text`, and `subject` with the text of an e-mail.',
  },
  MESSAGE_SENDER_UNKNOWN: {
    sentence: 'There is no such sender for the channel, or it was closed.',
    remedy: 'Name a sender of the channel.',
  },
  MESSAGE_TEMPLATE_UNKNOWN: {
    sentence: 'There is no such template for the channel, or it was archived.',
    remedy: 'Name a template of the channel.',
  },
  MESSAGE_LANGUAGE_MISSING: {
    sentence: 'The template has no text in this language.',
    remedy: 'Name one of the languages in the details, or write the text.',
  },
  MESSAGE_VARIABLES_MISSING: {
    sentence: 'The template has variables without a value, or values of none of its variables.',
    remedy: 'Give exactly the variables of the template, none of them empty.',
  },
  MESSAGE_PERSON_UNKNOWN: {
    sentence: 'There is no such customer or lead, or not any more.',
    remedy: 'Name another one, or an address.',
  },
  MESSAGE_ADDRESS_MISSING: {
    sentence: 'There is no address for this channel.',
    remedy: 'Give a phone for WhatsApp and SMS, an e-mail for e-mail.',
  },
  MESSAGE_MARKETING_TEXT: {
    sentence: 'Marketing goes out as a template.',
    remedy: 'Write a template of the category marketing.',
  },
  MESSAGE_CATEGORY_WRONG: {
    sentence: 'A marketing template is sent as marketing.',
    remedy: 'Ask with the purpose `marketing`, or use a template of another category.',
  },
} as const satisfies Record<string, Refusal>;

export const MESSAGE_REFUSALS = {
  ...REQUEST_REFUSALS,
  MESSAGE_NOT_UNKNOWN: {
    sentence: 'The outcome of the message is known.',
    remedy: 'Look at its status: there is nothing to decide.',
  },
  MESSAGE_STILL_OPEN: {
    sentence: 'A status of the provider may still arrive.',
    remedy: 'Decide from the moment in the details on.',
  },
  MESSAGE_GONE_OUT: {
    sentence: 'The message has gone out, or may have.',
    remedy: 'What has gone out cannot be taken back.',
  },
} as const satisfies Record<string, Refusal>;
