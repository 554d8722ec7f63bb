import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import type { Texts } from '../../pricing/texts.ts';
import { IMAGE_EVENTS, type ImageEvent } from '../events.ts';
import { sourcesOf, type ImageSource } from '../variants.ts';

/** A row of the list of images; one that was removed has none. */
export interface ImageRow {
  readonly status: 'private' | 'published';
  readonly person_id: string | null;
  readonly width: number;
  readonly height: number;
  /** Null once the person was erased. */
  readonly sources: readonly ImageSource[] | null;
  readonly alt: Texts | null;
  readonly uploaded_at: string;
  readonly [column: string]: unknown;
}

export const imageList = defineReadModel<Recorded<ImageEvent>, ImageRow>({
  name: 'catalog.images',
  version: 1,
  columns: {
    status: 'text',
    person_id: 'text',
    width: 'integer',
    height: 'integer',
    sources: 'jsonb',
    alt: 'jsonb',
    uploaded_at: 'timestamptz',
  },
  indexes: [['uploaded_at'], ['status', 'uploaded_at'], ['person_id', 'uploaded_at']],
  on: IMAGE_EVENTS,
  keys: (event) => [event.data.imageId],
  project(row, event) {
    if (event.type === 'ImageUploaded' || event.type === 'PersonImageUploaded') {
      const { width, height, variants } = event.data;
      const person = event.type === 'PersonImageUploaded' ? event.data.personId : null;
      const sources = variants === null ? null : sourcesOf(variants);
      const facts = { width, height, sources, alt: null, uploaded_at: event.at };
      return { status: 'private', person_id: person, ...facts };
    }
    if (row === null) return null;
    switch (event.type) {
      case 'ImageDescribed':
      case 'PersonImageDescribed':
        return { ...row, alt: event.data.alt };
      case 'ImagePublished':
        return { ...row, status: 'published' };
      case 'ImageUnpublished':
        return { ...row, status: 'private' };
      case 'ImageRemoved':
        return null;
    }
  },
  personal: { person: 'person_id', columns: ['sources', 'alt'] },
  list: {
    filters: { status: 'status', personId: 'person_id' },
    order: [{ column: 'uploaded_at', descending: true }],
    range: { column: 'uploaded_at' },
  },
});
