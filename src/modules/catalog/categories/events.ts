import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { texts } from '../products/events.ts';

const categoryId = Type.String();

/** As a whole: each change carries all of it. */
export const categoryFacts = Type.Object({
  name: texts,
  /** The category it stands in; null at the top. */
  parentId: Type.Union([Type.String({ minLength: 1, maxLength: 128 }), Type.Null()]),
  /** Lower comes first among those of one parent; equal ones by name. */
  position: Type.Integer({ minimum: 0, maximum: 100_000 }),
});

export const categoryAdded = defineEvent({
  name: 'CategoryAdded',
  wireName: 'comptoir.category.added',
  data: Type.Object({ categoryId, category: categoryFacts }),
});

export const categoryChanged = defineEvent({
  name: 'CategoryChanged',
  wireName: 'comptoir.category.changed',
  data: Type.Object({ categoryId, category: categoryFacts }),
});

/** Its products stay; they stand outside of categories until they get another one. */
export const categoryRemoved = defineEvent({
  name: 'CategoryRemoved',
  wireName: 'comptoir.category.removed',
  data: Type.Object({ categoryId }),
});

export const CATEGORY_EVENTS = [categoryAdded, categoryChanged, categoryRemoved] as const;
export type CategoryEvent = EventOf<(typeof CATEGORY_EVENTS)[number]>;
