/** The logo of a business for what is printed: the file of the picture that its profile names. */
import { STREAM_ID } from './core/aggregate.ts';
import type { PaperLogo } from './core/paper.ts';
import { PROFILE_STREAM, type ProfileState } from './modules/business/index.ts';
import { IMAGES_CATEGORY, printedLogo, type ImageState } from './modules/catalog/index.ts';
import type { Pipeline } from './pipeline/pipeline.ts';

/** Null for a business without one, and for a picture that is gone. Errors: those of reading. */
export function logoSource(
  pipeline: Pick<Pipeline, 'load'>,
): (tenant: string) => Promise<PaperLogo | null> {
  return async (tenant) => {
    const { category, id } = PROFILE_STREAM;
    // safe because the stream is that of the profile
    const profile = (await pipeline.load(tenant, category, id)).state as ProfileState;
    if (profile.status === 'unknown') return null;
    const { logoId, tradeName, legalName } = profile;
    if (logoId === null || !STREAM_ID.test(logoId)) return null;
    const image = await pipeline.load(tenant, IMAGES_CATEGORY, logoId);
    // safe because the stream is one of the category
    const file = printedLogo(image.state as ImageState);
    return file === null ? null : { key: file.key, name: tradeName ?? legalName };
  };
}
