import { canonicalJson } from '../../../core/canonical-json.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import type { ImageCommand } from './commands.ts';
import type { ImageEvent } from './events.ts';
import type { ImageState, KnownImage } from './state.ts';

export function decide(state: ImageState, command: ImageCommand): Decision<ImageEvent> {
  const imageId = command.id;
  if (command.type === 'UploadImage') return upload(state, command);
  if (command.type === 'RemoveImage' && state.status === 'removed') return accepted([]);
  if (state.status === 'unknown' || state.status === 'removed') return rejected('IMAGE_REMOVED');
  switch (command.type) {
    case 'DescribeImage':
      return describe(state, command);
    case 'PublishImage':
      if (state.status === 'published') return accepted([]);
      if (state.alt === null) return rejected('ALT_TEXT_MISSING');
      return accepted([{ type: 'ImagePublished', data: { imageId } }]);
    case 'UnpublishImage':
      if (state.status === 'private') return accepted([]);
      return accepted([{ type: 'ImageUnpublished', data: { imageId } }]);
    case 'RemoveImage':
      return accepted([{ type: 'ImageRemoved', data: { imageId } }]);
  }
}

function upload(
  state: ImageState,
  { id: imageId, input }: Extract<ImageCommand, { readonly type: 'UploadImage' }>,
): Decision<ImageEvent> {
  if (state.status !== 'unknown') return rejected('IMAGE_EXISTS');
  const { personId, ...image } = input;
  if (personId === undefined)
    return accepted([{ type: 'ImageUploaded', data: { imageId, ...image } }]);
  return accepted([{ type: 'PersonImageUploaded', data: { imageId, personId, ...image } }]);
}

function describe(
  state: KnownImage,
  { id: imageId, input }: Extract<ImageCommand, { readonly type: 'DescribeImage' }>,
): Decision<ImageEvent> {
  const { alt } = input;
  if (canonicalJson(alt) === canonicalJson(state.alt)) return accepted([]);
  const { personId } = state;
  if (personId === null) return accepted([{ type: 'ImageDescribed', data: { imageId, alt } }]);
  return accepted([{ type: 'PersonImageDescribed', data: { imageId, personId, alt } }]);
}
