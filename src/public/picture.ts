/** A picture of the gallery at the sizes it has, so that no phone loads what only a large screen can show. */
import { html, type Html } from './html.ts';

export interface Picture {
  readonly imageId: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly sources: readonly {
    readonly file: string;
    readonly type: string;
    readonly width: number;
  }[];
}

export function pictureHtml(
  picture: Picture,
  of: { readonly slug: string; readonly sizes: string; readonly eager: boolean },
): Html | null {
  const base = `/public/${encodeURIComponent(of.slug)}/images/${encodeURIComponent(picture.imageId)}`;
  const srcsetOf = (type: string): string =>
    picture.sources
      .filter((source) => source.type === type)
      .map(({ file, width }) => `${base}/${encodeURIComponent(file)} ${width}w`)
      .join(', ');
  const fallback =
    picture.sources.find(({ type, width }) => type === 'image/jpeg' && width >= 320) ??
    picture.sources[0];
  if (fallback === undefined) return null;
  const webp = srcsetOf('image/webp');
  return html`<picture>
    ${webp !== '' && html`<source type="image/webp" srcset="${webp}" sizes="${of.sizes}" />`}
    <img
      src="${base}/${encodeURIComponent(fallback.file)}"
      srcset="${srcsetOf('image/jpeg')}"
      sizes="${of.sizes}"
      width="${picture.width}"
      height="${picture.height}"
      alt="${picture.alt}"
      decoding="async"
      loading="${of.eager ? 'eager' : 'lazy'}"
    />
  </picture>`;
}
