/** The logo of the house at the head of its pages. */
import { STREAM_ID } from '../core/aggregate.ts';
import type { ModuleRouteDependencies } from '../http/modules/services.ts';
import { IMAGES_CATEGORY, shownLogo, type ImageState } from '../modules/catalog/index.ts';
import { html, type Html } from './html.ts';
import { pictureHtml, type Picture } from './picture.ts';

/** As wide as the style lets it be, so that no phone loads more. */
const SIZES = '160px';

/** Null for a picture that is not there, not published or of a person: the name stands alone then. */
export async function loadLogo(
  { pipeline }: Pick<ModuleRouteDependencies, 'pipeline'>,
  tenant: string,
  { logoId, name }: { readonly logoId: string | null; readonly name: string },
): Promise<Picture | null> {
  if (logoId === null || !STREAM_ID.test(logoId)) return null;
  const { state } = await pipeline.load(tenant, IMAGES_CATEGORY, logoId);
  // safe because the stream is one of the category
  const logo = shownLogo(state as ImageState);
  return logo === null ? null : { imageId: logoId, alt: name, ...logo };
}

/** What stands over the door: the name, with the logo before it. It is said once to those who hear the page. */
export function signHtml(
  { name, logo }: { readonly name: string; readonly logo: Picture | null },
  slug: string,
): Html {
  const picture = logo === null ? null : pictureHtml(logo, { slug, sizes: SIZES, eager: true });
  if (picture === null) return html`<bdi>${name}</bdi>`;
  return html`<span class="logo">${picture}</span><bdi aria-hidden="true">${name}</bdi>`;
}
