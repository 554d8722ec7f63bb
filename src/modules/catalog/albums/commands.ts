import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { IMAGE_UNKNOWN } from '../images/commands.ts';
import { texts } from '../products/events.ts';
import { imageReference } from './events.ts';

/** A page of a gallery that a phone still scrolls through; an event has the whole order. */
export const ALBUM_IMAGES_MAX = 200;

const nothing = Type.Object({}, { additionalProperties: false });
const named = Type.Object({ name: texts }, { additionalProperties: false });

export const createAlbum = defineCommand({
  name: 'CreateAlbum',
  summary: 'Makes an empty album',
  permission: 'edit',
  input: named,
  examples: [{ name: { en: 'Summer terrace', pl: 'Letni taras' } }],
});

export const renameAlbum = defineCommand({
  name: 'RenameAlbum',
  word: 'rename',
  summary: 'Gives an album another name',
  permission: 'edit',
  input: named,
  examples: [{ name: { en: 'Terrace' } }],
});

export const addToAlbum = defineCommand({
  name: 'AddToAlbum',
  word: 'add',
  summary: 'Puts a picture into an album, at its end or at a place counted from 0',
  permission: 'edit',
  input: Type.Object(
    {
      imageId: imageReference,
      at: Type.Optional(Type.Integer({ minimum: 0, maximum: ALBUM_IMAGES_MAX })),
    },
    { additionalProperties: false },
  ),
  examples: [{ imageId: 'terrace-1' }, { imageId: 'terrace-2', at: 0 }],
});

export const takeFromAlbum = defineCommand({
  name: 'TakeFromAlbum',
  word: 'take',
  summary: 'Takes a picture out of an album; the picture stays',
  permission: 'edit',
  input: Type.Object({ imageId: imageReference }, { additionalProperties: false }),
  examples: [{ imageId: 'terrace-1' }],
});

export const reorderAlbum = defineCommand({
  name: 'ReorderAlbum',
  word: 'reorder',
  summary: 'Puts the pictures of an album into another order; all of them must be named',
  permission: 'edit',
  input: Type.Object(
    { imageIds: Type.Array(imageReference, { maxItems: ALBUM_IMAGES_MAX, uniqueItems: true }) },
    { additionalProperties: false },
  ),
  examples: [{ imageIds: ['terrace-2', 'terrace-1'] }],
});

export const publishAlbum = defineCommand({
  name: 'PublishAlbum',
  word: 'publish',
  summary: 'Shows an album to everybody: of its pictures those that are published',
  permission: 'edit',
  input: nothing,
  examples: [{}],
});

export const unpublishAlbum = defineCommand({
  name: 'UnpublishAlbum',
  word: 'unpublish',
  summary: 'Takes an album back from public pages',
  permission: 'edit',
  input: nothing,
  examples: [{}],
});

export const removeAlbum = defineCommand({
  name: 'RemoveAlbum',
  word: 'remove',
  summary: 'Removes an album; its pictures stay',
  permission: 'edit',
  input: nothing,
  examples: [{}],
});

export const ALBUM_COMMANDS = [
  createAlbum,
  renameAlbum,
  addToAlbum,
  takeFromAlbum,
  reorderAlbum,
  publishAlbum,
  unpublishAlbum,
  removeAlbum,
] as const;
export type AlbumCommand = CommandFor<(typeof ALBUM_COMMANDS)[number]>;

export const ALBUM_REFUSALS = {
  ALBUM_EXISTS: {
    sentence: 'An album with this id exists already.',
    remedy: 'Change the existing album, or make one with another id.',
  },
  ALBUM_REMOVED: {
    sentence: 'The album was removed.',
    remedy: 'Make it anew.',
  },
  ALBUM_FULL: {
    sentence: 'The album holds as many pictures as one can.',
    remedy: `Take one out, or make another album: ${ALBUM_IMAGES_MAX} is the most.`,
  },
  ALBUM_ORDER_STALE: {
    sentence: 'The order names other pictures than the album holds.',
    remedy: 'Read the album again and name each of its pictures once.',
  },
  IMAGE_UNKNOWN,
} as const satisfies Record<string, Refusal>;
