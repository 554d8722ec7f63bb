import { Type, type Static } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { imageReference, pageWord } from '../albums/events.ts';

/** What shows the pictures. */
export const showcase = Type.Union([
  Type.Object({ kind: Type.Literal('product'), productId: imageReference }),
  Type.Object({ kind: Type.Literal('page'), page: pageWord }),
]);
export type Showcase = Static<typeof showcase>;

/** What it shows from now on, in order. */
export const picturesArranged = defineEvent({
  name: 'PicturesArranged',
  wireName: 'comptoir.pictures.arranged',
  data: Type.Object({ on: showcase, imageIds: Type.Array(imageReference) }),
});

export const PICTURE_EVENTS = [picturesArranged] as const;
export type PictureEvent = EventOf<(typeof PICTURE_EVENTS)[number]>;
