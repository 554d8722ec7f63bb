import type { Texts } from '../pricing/texts.ts';
import type { AlbumEvent } from './events.ts';

export interface KnownAlbum {
  readonly status: 'private' | 'published' | 'removed';
  readonly name: Texts;
  /** In order; images that were removed since may be among them. */
  readonly imageIds: readonly string[];
}

export type AlbumState = { readonly status: 'unknown' } | KnownAlbum;

export const initialState: AlbumState = { status: 'unknown' };

export function evolve(state: AlbumState, event: AlbumEvent): AlbumState {
  if (event.type === 'AlbumCreated')
    return { status: 'private', name: event.data.name, imageIds: [] };
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'AlbumRenamed':
      return { ...state, name: event.data.name };
    case 'AlbumArranged':
      return { ...state, imageIds: event.data.imageIds };
    case 'AlbumPublished':
      return { ...state, status: 'published' };
    case 'AlbumUnpublished':
      return { ...state, status: 'private' };
    case 'AlbumRemoved':
      return { ...state, status: 'removed' };
  }
}
