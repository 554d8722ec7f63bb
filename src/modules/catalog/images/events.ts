/**
 * A picture of the house and one of a person have events of their own: what tells about a person is sealed with their key
 * and reads as null once they are erased.
 */
import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { texts } from '../products/events.ts';

const imageId = Type.String();
const personId = Type.String({ minLength: 1, maxLength: 128 });
const pixels = Type.Integer({ minimum: 1, maximum: 100_000 });
const hash = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** The picture at one width in one type; the bytes lie in a blob. */
export const imageVariant = Type.Object(
  {
    type: Type.Union([Type.Literal('image/webp'), Type.Literal('image/jpeg')]),
    width: pixels,
    height: pixels,
    bytes: Type.Integer({ minimum: 1 }),
    /** Of the blob, held by `catalog.images/{imageId}`. */
    key: hash,
    /** SHA-256 of the bytes, for caches. */
    sha256: hash,
  },
  { additionalProperties: false },
);

/** Ascending by width. */
export const imageVariants = Type.Array(imageVariant, { minItems: 1, maxItems: 16 });

/** What was sent: its type and its size as it is shown. */
const original = {
  type: Type.Union([
    Type.Literal('image/jpeg'),
    Type.Literal('image/png'),
    Type.Literal('image/webp'),
    Type.Literal('image/avif'),
  ]),
  width: pixels,
  height: pixels,
};
export const imageOriginal = Type.Object(original);

export const imageUploaded = defineEvent({
  name: 'ImageUploaded',
  wireName: 'comptoir.image.uploaded',
  data: Type.Object({ imageId, ...original, variants: imageVariants }),
});

export const personImageUploaded = defineEvent({
  name: 'PersonImageUploaded',
  wireName: 'comptoir.person-image.uploaded',
  data: Type.Object({
    imageId,
    personId,
    ...original,
    variants: Type.Union([imageVariants, Type.Null()]),
  }),
  // The hashes are a fingerprint of what the picture shows.
  personal: { person: '/personId', fields: ['/variants'] },
});

export const imageDescribed = defineEvent({
  name: 'ImageDescribed',
  wireName: 'comptoir.image.described',
  data: Type.Object({ imageId, alt: texts }),
});

export const personImageDescribed = defineEvent({
  name: 'PersonImageDescribed',
  wireName: 'comptoir.person-image.described',
  data: Type.Object({ imageId, personId, alt: Type.Union([texts, Type.Null()]) }),
  personal: { person: '/personId', fields: ['/alt'] },
});

export const imagePublished = defineEvent({
  name: 'ImagePublished',
  wireName: 'comptoir.image.published',
  data: Type.Object({ imageId }),
});

export const imageUnpublished = defineEvent({
  name: 'ImageUnpublished',
  wireName: 'comptoir.image.unpublished',
  data: Type.Object({ imageId }),
});

export const imageRemoved = defineEvent({
  name: 'ImageRemoved',
  wireName: 'comptoir.image.removed',
  data: Type.Object({ imageId }),
});

export const IMAGE_EVENTS = [
  imageUploaded,
  personImageUploaded,
  imageDescribed,
  personImageDescribed,
  imagePublished,
  imageUnpublished,
  imageRemoved,
] as const;
export type ImageEvent = EventOf<(typeof IMAGE_EVENTS)[number]>;
