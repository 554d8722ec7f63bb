import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import type { Texts } from '../../pricing/texts.ts';
import { ALBUM_EVENTS, type AlbumEvent } from '../events.ts';

/** A row of the list of albums; one that was removed has none. */
export interface AlbumRow {
  readonly title: string;
  readonly name: Texts;
  readonly image_ids: readonly string[];
  readonly status: 'private' | 'published';
  readonly [column: string]: unknown;
}

export const albumList = defineReadModel<Recorded<AlbumEvent>, AlbumRow>({
  name: 'catalog.albums',
  version: 1,
  columns: { title: 'text', name: 'jsonb', image_ids: 'jsonb', status: 'text' },
  indexes: [['title'], ['status', 'title']],
  on: ALBUM_EVENTS,
  keys: (event) => [event.data.albumId],
  project(row, event) {
    if (event.type === 'AlbumCreated') {
      const { name } = event.data;
      return { title: titleOf(name), name, image_ids: [], status: 'private' };
    }
    if (row === null) return null;
    switch (event.type) {
      case 'AlbumRenamed':
        return { ...row, title: titleOf(event.data.name), name: event.data.name };
      case 'AlbumArranged':
        return { ...row, image_ids: event.data.imageIds };
      case 'AlbumPublished':
        return { ...row, status: 'published' };
      case 'AlbumUnpublished':
        return { ...row, status: 'private' };
      case 'AlbumRemoved':
        return null;
    }
  },
  personal: 'none',
  list: { filters: { status: 'status' }, order: [{ column: 'title' }] },
});

function titleOf(name: Texts): string {
  return Object.values(name)[0] ?? '';
}
