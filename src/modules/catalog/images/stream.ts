import type { StreamReference } from '../../../core/aggregate.ts';

export const IMAGES_CATEGORY = 'catalog.images';

export const imageStream = (id: string): StreamReference => ({ category: IMAGES_CATEGORY, id });
