import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { texts } from '../products/events.ts';
import { imageOriginal, imageVariants } from './events.ts';

const nothing = Type.Object({}, { additionalProperties: false });
const HASH = '5e884898da28047151d0e56f8dc6292773603d0d6aabbd62a11ef721d1542d8a';

/** Given by the route that took the picture in: it alone knows the keys. */
export const uploadImage = defineCommand({
  name: 'UploadImage',
  summary: 'Takes a picture into the gallery',
  permission: 'edit',
  internal: true,
  input: Type.Object(
    {
      ...imageOriginal.properties,
      variants: imageVariants,
      personId: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    },
    { additionalProperties: false },
  ),
  examples: [
    {
      type: 'image/jpeg',
      width: 320,
      height: 200,
      variants: [
        { type: 'image/webp', width: 320, height: 200, bytes: 900, key: HASH, sha256: HASH },
      ],
    },
    {
      type: 'image/png',
      width: 90,
      height: 90,
      variants: [
        { type: 'image/jpeg', width: 90, height: 90, bytes: 100, key: HASH, sha256: HASH },
      ],
      personId: 'guest-1',
    },
  ],
});

export const describeImage = defineCommand({
  name: 'DescribeImage',
  word: 'describe',
  summary: 'Says what a picture shows, for those who do not see it',
  permission: 'edit',
  input: Type.Object({ alt: texts }, { additionalProperties: false }),
  examples: [{ alt: { en: 'A glass of tonic on a wooden bar', pl: 'Szklanka toniku na barze' } }],
});

export const publishImage = defineCommand({
  name: 'PublishImage',
  word: 'publish',
  summary: 'Shows a picture to everybody; what it shows must have been said',
  permission: 'edit',
  input: nothing,
  examples: [{}],
});

export const unpublishImage = defineCommand({
  name: 'UnpublishImage',
  word: 'unpublish',
  summary: 'Takes a picture back from public pages',
  permission: 'edit',
  input: nothing,
  examples: [{}],
});

export const removeImage = defineCommand({
  name: 'RemoveImage',
  word: 'remove',
  summary: 'Removes a picture and what is kept of it',
  permission: 'edit',
  input: nothing,
  examples: [{}],
});

export const IMAGE_COMMANDS = [
  uploadImage,
  describeImage,
  publishImage,
  unpublishImage,
  removeImage,
] as const;
export type ImageCommand = CommandFor<(typeof IMAGE_COMMANDS)[number]>;

export const IMAGE_REFUSALS = {
  IMAGE_EXISTS: {
    sentence: 'A picture with this id exists already.',
    remedy: 'Send the picture without an id of your own.',
  },
  IMAGE_REMOVED: {
    sentence: 'The picture was removed.',
    remedy: 'Send the picture anew.',
  },
  ALT_TEXT_MISSING: {
    sentence: 'Nobody has said what the picture shows.',
    remedy: 'Describe it in at least one language, then publish it.',
  },
} as const satisfies Record<string, Refusal>;

/** Of whatever shows pictures. */
export const IMAGE_UNKNOWN: Refusal = {
  sentence: 'There is no such picture in the gallery.',
  remedy: 'Send the picture first, or name another one.',
};
