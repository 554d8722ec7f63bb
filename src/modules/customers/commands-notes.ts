import { Type } from 'typebox';
import { defineCommand } from '../../core/command-type.ts';
import { tag } from './inputs.ts';

/** What fits on a card; a segment needs a few. */
export const TAGS_MAX = 50;

const tags = Type.Array(tag, { minItems: 1, maxItems: TAGS_MAX, uniqueItems: true });

export const tagCustomer = defineCommand({
  name: 'TagCustomer',
  word: 'tag',
  summary: 'Puts tags on the customer',
  input: Type.Object({ tags }, { additionalProperties: false }),
  examples: [{ tags: ['regular', 'wine club'] }],
});

export const untagCustomer = defineCommand({
  name: 'UntagCustomer',
  word: 'untag',
  summary: 'Takes tags off the customer',
  input: Type.Object({ tags }, { additionalProperties: false }),
  examples: [{ tags: ['wine club'] }],
});

export const addNote = defineCommand({
  name: 'AddCustomerNote',
  word: 'add-note',
  summary: 'Writes a note about the customer',
  input: Type.Object(
    { text: Type.String({ minLength: 1, maxLength: 2000 }) },
    { additionalProperties: false },
  ),
  examples: [{ text: 'Likes the table by the window.' }],
});

export const removeNote = defineCommand({
  name: 'RemoveCustomerNote',
  word: 'remove-note',
  summary: 'Takes a note away; it stays in the history',
  input: Type.Object(
    { noteId: Type.String({ minLength: 1, maxLength: 128 }) },
    { additionalProperties: false },
  ),
  examples: [{ noteId: 'c1' }],
});

export const NOTE_COMMANDS = [tagCustomer, untagCustomer, addNote, removeNote] as const;
