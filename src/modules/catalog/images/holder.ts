/** The name under which a picture holds its blobs. */

export const IMAGE_HOLDERS = 'catalog.images/';

export function holderOf(imageId: string): string {
  return `${IMAGE_HOLDERS}${imageId}`;
}

/** Null for what holds blobs for something else. */
export function imageIdOf(holder: string): string | null {
  return holder.startsWith(IMAGE_HOLDERS) ? holder.slice(IMAGE_HOLDERS.length) : null;
}
