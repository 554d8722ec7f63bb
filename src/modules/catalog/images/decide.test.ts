import { describe, expect, test } from 'vitest';
import { givenEvents, rowAfter } from '../../../../test/support/given.ts';
import type { ImageCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { ImageEvent } from './events.ts';
import { imageList } from './read-models/image-list.ts';
import { evolve, initialState, type ImageState } from './state.ts';
import { variantOf, viewOf } from './variants.ts';

const given = (...events: readonly ImageEvent[]) =>
  givenEvents<ImageState, ImageCommand, ImageEvent>({ initialState, decide, evolve }, ...events);

const HASH = 'a'.repeat(64);
const variant = { type: 'image/webp', width: 320, height: 200, bytes: 9, key: HASH, sha256: HASH };
// safe because the literal is one of the types
const picture = { type: 'image/jpeg', width: 640, height: 400, variants: [variant] } as never;
const imageId = 'id-1';
const alt = { en: 'A bar' };
const uploaded: ImageEvent = {
  type: 'ImageUploaded',
  data: { imageId, ...(picture as object) } as never,
};
const ofAna: ImageEvent = {
  type: 'PersonImageUploaded',
  data: { imageId, personId: 'ana', ...(picture as object) } as never,
};
const described: ImageEvent = { type: 'ImageDescribed', data: { imageId, alt } };
const published: ImageEvent = { type: 'ImagePublished', data: { imageId } };
const removed: ImageEvent = { type: 'ImageRemoved', data: { imageId } };

test('a picture is taken in once', () => {
  expect(given().when({ type: 'UploadImage', input: picture })).toEqual([uploaded]);
  expect(given(uploaded).when({ type: 'UploadImage', input: picture })).toBe('IMAGE_EXISTS');
});

test('K11: nothing is published before it was said what it shows', () => {
  expect(given(uploaded).when({ type: 'PublishImage', input: {} })).toBe('ALT_TEXT_MISSING');
  expect(given(uploaded, described).when({ type: 'PublishImage', input: {} })).toEqual([published]);
});

test('the same again says nothing', () => {
  const shown = given(uploaded, described, published);
  expect(shown.when({ type: 'PublishImage', input: {} })).toEqual([]);
  expect(shown.when({ type: 'DescribeImage', input: { alt } })).toEqual([]);
  expect(given(uploaded).when({ type: 'UnpublishImage', input: {} })).toEqual([]);
  expect(given(uploaded, removed).when({ type: 'RemoveImage', input: {} })).toEqual([]);
});

test('a removed picture takes no changes and is not to be seen', () => {
  const gone = given(uploaded, described, published, removed);
  expect(gone.when({ type: 'PublishImage', input: {} })).toBe('IMAGE_REMOVED');
  expect(variantOf(gone.state, '320.webp')).toBeUndefined();
  expect(rowAfter(imageList, imageId, [uploaded, described, removed])).toBeNull();
});

describe('a picture of a person', () => {
  const input = { ...(picture as object), personId: 'ana' } as never;

  test('names them in every event that tells about them', () => {
    expect(given().when({ type: 'UploadImage', input })).toEqual([ofAna]);
    expect(given(ofAna).when({ type: 'DescribeImage', input: { alt } })).toEqual([
      { type: 'PersonImageDescribed', data: { imageId, personId: 'ana', alt } },
    ]);
  });

  test('has no variants once they are erased', () => {
    const erased = { ...ofAna, data: { ...ofAna.data, variants: null } } as never;
    const { state } = given(erased, published);
    expect(variantOf(state, '320.webp')).toBeUndefined();
    expect(viewOf(state)).toMatchObject({ sources: null, alt: null });
  });
});

test('clients see sources, never keys of blobs', () => {
  const { state } = given(uploaded);
  const shown = JSON.stringify([viewOf(state), rowAfter(imageList, imageId, [uploaded])]);
  expect(shown).toContain('320.webp');
  expect(shown).not.toContain(HASH);
});
