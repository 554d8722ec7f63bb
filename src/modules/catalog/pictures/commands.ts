import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { imageReference, pageWord } from '../albums/events.ts';
import { IMAGE_UNKNOWN } from '../images/commands.ts';
import { SALE_REFUSALS } from '../pricing/price-line.ts';

/** What a menu or page loads at once. */
const PICTURES_MAX = 20;

const imageIds = Type.Array(imageReference, { maxItems: PICTURES_MAX, uniqueItems: true });

export const arrangePictures = defineCommand({
  name: 'ArrangePictures',
  summary: 'Says which pictures a product or page shows, in order; none takes them off',
  permission: 'edit',
  input: Type.Union([
    Type.Object(
      // Its id is part of that of a stream, which has 128 characters.
      { productId: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._~-]{0,119}$' }), imageIds },
      { additionalProperties: false },
    ),
    Type.Object({ page: pageWord, imageIds }, { additionalProperties: false }),
  ]),
  examples: [
    { productId: 'espresso', imageIds: ['cup-1', 'cup-2'] },
    { page: 'about', imageIds: ['terrace-1'] },
    { page: 'about', imageIds: [] },
  ],
});

export const PICTURE_COMMANDS = [arrangePictures] as const;
export type PictureCommand = CommandFor<typeof arrangePictures>;

export const PICTURE_REFUSALS = {
  PRODUCT_UNKNOWN: SALE_REFUSALS.PRODUCT_UNKNOWN,
  IMAGE_UNKNOWN,
} as const satisfies Record<string, Refusal>;
