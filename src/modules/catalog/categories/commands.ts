import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { categoryFacts } from './events.ts';

const { name, parentId, position } = categoryFacts.properties;

/** Deeper trees do not fit a menu, and a command may be read beside so many streams one after another only. */
export const CATEGORY_DEPTH_MAX = 4;

export const addCategory = defineCommand({
  name: 'AddCategory',
  summary: 'Adds a section of the menu',
  permission: 'edit',
  input: Type.Object(
    { name, parentId: Type.Optional(parentId), position: Type.Optional(position) },
    { additionalProperties: false },
  ),
  examples: [{ name: { en: 'Drinks', pl: 'Napoje' } }, { name: { en: 'Coffee' }, position: 10 }],
});

export const changeCategory = defineCommand({
  name: 'ChangeCategory',
  word: 'change',
  summary: 'Renames or moves a section of the menu; what is left out stays',
  permission: 'edit',
  input: Type.Object(
    {
      name: Type.Optional(name),
      parentId: Type.Optional(parentId),
      position: Type.Optional(position),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  examples: [{ position: 20 }, { parentId: null }],
});

export const removeCategory = defineCommand({
  name: 'RemoveCategory',
  word: 'remove',
  summary: 'Removes a section of the menu; its products stay without one',
  permission: 'edit',
  input: Type.Object({}, { additionalProperties: false }),
  examples: [{}],
});

export const CATEGORY_COMMANDS = [addCategory, changeCategory, removeCategory] as const;
export type CategoryCommand = CommandFor<(typeof CATEGORY_COMMANDS)[number]>;

export const CATEGORY_REFUSALS = {
  CATEGORY_EXISTS: {
    sentence: 'A category with this id exists already.',
    remedy: 'Change the existing category, or add one with another id.',
  },
  CATEGORY_REMOVED: {
    sentence: 'The category was removed and takes no changes.',
    remedy: 'Add it anew.',
  },
  CATEGORY_LOOP: {
    sentence: 'A category cannot stand in itself or in one of its own.',
    remedy: 'Choose another parent.',
  },
  CATEGORY_TOO_DEEP: {
    sentence: 'Categories cannot be nested this deep.',
    remedy: `Stay within ${CATEGORY_DEPTH_MAX} levels.`,
  },
  CATEGORY_UNKNOWN: {
    sentence: 'There is no such category.',
    remedy: 'Add the category first, or name another one.',
  },
} as const satisfies Record<string, Refusal>;
