import { expect, test } from 'vitest';
import { givenEvents, rowAfter } from '../../../../test/support/given.ts';
import { imageStream } from '../images/stream.ts';
import { ALBUM_IMAGES_MAX, type AlbumCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { AlbumEvent } from './events.ts';
import { albumList } from './read-models/album-list.ts';
import { evolve, initialState, type AlbumState } from './state.ts';

const given = (...events: readonly AlbumEvent[]) =>
  givenEvents<AlbumState, AlbumCommand, AlbumEvent>({ initialState, decide, evolve }, ...events);

const albumId = 'id-1';
const name = { en: 'Terrace' };
const created: AlbumEvent = { type: 'AlbumCreated', data: { albumId, name } };
const holding = (...imageIds: string[]): AlbumEvent => ({
  type: 'AlbumArranged',
  data: { albumId, imageIds },
});
const known = { status: 'private' };

test('a picture goes to the end or to the place that is named', () => {
  const album = given(created, holding('a', 'b')).around(imageStream('c'), known);
  const add = (input: AlbumCommand['input']) => album.when({ type: 'AddToAlbum', input } as never);
  expect(add({ imageId: 'c' })).toEqual([holding('a', 'b', 'c')]);
  expect(add({ imageId: 'c', at: 1 })).toEqual([holding('a', 'c', 'b')]);
  expect(add({ imageId: 'c', at: 99 })).toEqual([holding('a', 'b', 'c')]);
});

test('a picture is in an album once: named again it moves', () => {
  const album = given(created, holding('a', 'b')).around(imageStream('a'), known);
  expect(album.when({ type: 'AddToAlbum', input: { imageId: 'a' } })).toEqual([]);
  expect(album.when({ type: 'AddToAlbum', input: { imageId: 'a', at: 1 } })).toEqual([
    holding('b', 'a'),
  ]);
});

test.each(['unknown', 'removed'])('K12: a picture that is %s goes into no album', (status) => {
  const album = given(created).around(imageStream('x'), { status });
  expect(album.when({ type: 'AddToAlbum', input: { imageId: 'x' } })).toBe('IMAGE_UNKNOWN');
});

test('an order must name each picture once, so that two who sort do not lose one', () => {
  const album = given(created, holding('a', 'b'));
  const reorder = (imageIds: string[]) => album.when({ type: 'ReorderAlbum', input: { imageIds } });
  expect(reorder(['b', 'a'])).toEqual([holding('b', 'a')]);
  expect(reorder(['a'])).toBe('ALBUM_ORDER_STALE');
  expect(reorder(['a', 'c'])).toBe('ALBUM_ORDER_STALE');
  expect(reorder(['a', 'b'])).toEqual([]);
});

test('an album has a most', () => {
  const full = Array.from({ length: ALBUM_IMAGES_MAX }, (_, index) => `i${index}`);
  const album = given(created, holding(...full)).around(imageStream('x'), known);
  expect(album.when({ type: 'AddToAlbum', input: { imageId: 'x' } })).toBe('ALBUM_FULL');
});

test('a removed album takes no changes and is not listed', () => {
  const removed: AlbumEvent = { type: 'AlbumRemoved', data: { albumId } };
  const gone = given(created, removed);
  expect(gone.when({ type: 'RemoveAlbum', input: {} })).toEqual([]);
  expect(gone.when({ type: 'PublishAlbum', input: {} })).toBe('ALBUM_REMOVED');
  expect(rowAfter(albumList, albumId, [created, holding('a'), removed])).toBeNull();
});
