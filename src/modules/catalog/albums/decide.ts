import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { isUsable, type ImageState } from '../images/state.ts';
import { imageStream } from '../images/stream.ts';
import { ALBUM_IMAGES_MAX, type AlbumCommand } from './commands.ts';
import type { AlbumEvent } from './events.ts';
import type { AlbumState, KnownAlbum } from './state.ts';

/** The picture that is to be put in. */
export function consults(command: AlbumCommand): readonly StreamReference[] {
  return command.type === 'AddToAlbum' ? [imageStream(command.input.imageId)] : [];
}

export function decide(
  state: AlbumState,
  command: AlbumCommand,
  around: Surroundings,
): Decision<AlbumEvent> {
  const albumId = command.id;
  if (command.type === 'CreateAlbum') {
    if (state.status !== 'unknown') return rejected('ALBUM_EXISTS');
    return accepted([{ type: 'AlbumCreated', data: { albumId, name: command.input.name } }]);
  }
  if (command.type === 'RemoveAlbum' && state.status === 'removed') return accepted([]);
  if (state.status === 'unknown' || state.status === 'removed') return rejected('ALBUM_REMOVED');
  switch (command.type) {
    case 'RenameAlbum': {
      const { name } = command.input;
      if (canonicalJson(name) === canonicalJson(state.name)) return accepted([]);
      return accepted([{ type: 'AlbumRenamed', data: { albumId, name } }]);
    }
    case 'AddToAlbum':
      return add(state, command, around);
    case 'TakeFromAlbum': {
      const { imageId } = command.input;
      return arrange(
        albumId,
        state,
        state.imageIds.filter((each) => each !== imageId),
      );
    }
    case 'ReorderAlbum': {
      const { imageIds } = command.input;
      if (imageIds.toSorted().join() !== state.imageIds.toSorted().join())
        return rejected('ALBUM_ORDER_STALE', { imageIds: state.imageIds });
      return arrange(albumId, state, imageIds);
    }
    case 'PublishAlbum':
      if (state.status === 'published') return accepted([]);
      return accepted([{ type: 'AlbumPublished', data: { albumId } }]);
    case 'UnpublishAlbum':
      if (state.status === 'private') return accepted([]);
      return accepted([{ type: 'AlbumUnpublished', data: { albumId } }]);
    case 'RemoveAlbum':
      return accepted([{ type: 'AlbumRemoved', data: { albumId } }]);
  }
}

function arrange(
  albumId: string,
  { imageIds: before }: KnownAlbum,
  imageIds: readonly string[],
): Decision<AlbumEvent> {
  if (canonicalJson(imageIds) === canonicalJson(before)) return accepted([]);
  return accepted([{ type: 'AlbumArranged', data: { albumId, imageIds: [...imageIds] } }]);
}

/** A picture that is in the album already moves to the place that is named, and stays where none is. */
function add(
  state: KnownAlbum,
  { id: albumId, input }: Extract<AlbumCommand, { readonly type: 'AddToAlbum' }>,
  around: Surroundings,
): Decision<AlbumEvent> {
  const { imageId, at } = input;
  const isIn = state.imageIds.includes(imageId);
  if (isIn && at === undefined) return accepted([]);
  // safe because this category has states of this type
  const image = around.stateOf(imageStream(imageId)) as ImageState;
  if (!isUsable(image)) return rejected('IMAGE_UNKNOWN', { imageId });
  if (!isIn && state.imageIds.length >= ALBUM_IMAGES_MAX)
    return rejected('ALBUM_FULL', { most: ALBUM_IMAGES_MAX });
  const others = state.imageIds.filter((each) => each !== imageId);
  return arrange(albumId, state, others.toSpliced(at ?? others.length, 0, imageId));
}
