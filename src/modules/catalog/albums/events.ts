import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { texts } from '../products/events.ts';

const albumId = Type.String();
export const imageReference = Type.String({ minLength: 1, maxLength: 128 });
/** A page of the house's own, such as `about`. */
export const pageWord = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,59}$' });

export const albumCreated = defineEvent({
  name: 'AlbumCreated',
  wireName: 'comptoir.album.created',
  data: Type.Object({ albumId, name: texts }),
});

export const albumRenamed = defineEvent({
  name: 'AlbumRenamed',
  wireName: 'comptoir.album.renamed',
  data: Type.Object({ albumId, name: texts }),
});

/** What the album holds from now on, in order. */
export const albumArranged = defineEvent({
  name: 'AlbumArranged',
  wireName: 'comptoir.album.arranged',
  data: Type.Object({ albumId, imageIds: Type.Array(imageReference) }),
});

export const albumPublished = defineEvent({
  name: 'AlbumPublished',
  wireName: 'comptoir.album.published',
  data: Type.Object({ albumId }),
});

export const albumUnpublished = defineEvent({
  name: 'AlbumUnpublished',
  wireName: 'comptoir.album.unpublished',
  data: Type.Object({ albumId }),
});

export const albumRemoved = defineEvent({
  name: 'AlbumRemoved',
  wireName: 'comptoir.album.removed',
  data: Type.Object({ albumId }),
});

export const ALBUM_EVENTS = [
  albumCreated,
  albumRenamed,
  albumArranged,
  albumPublished,
  albumUnpublished,
  albumRemoved,
] as const;
export type AlbumEvent = EventOf<(typeof ALBUM_EVENTS)[number]>;
