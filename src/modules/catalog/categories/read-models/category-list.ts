import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { CATEGORY_EVENTS, type CategoryEvent } from '../events.ts';
import type { CategoryFacts } from '../state.ts';

/** A row of the list of categories; one that was removed has none. */
interface CategoryRow {
  readonly title: string;
  readonly name: CategoryFacts['name'];
  readonly parent_id: string | null;
  readonly position_in_parent: number;
  readonly [column: string]: unknown;
}

export const categoryList = defineReadModel<Recorded<CategoryEvent>, CategoryRow>({
  name: 'catalog.categories',
  version: 1,
  columns: {
    title: 'text',
    name: 'jsonb',
    parent_id: 'text',
    position_in_parent: 'integer',
  },
  indexes: [
    ['position_in_parent', 'title'],
    ['parent_id', 'position_in_parent', 'title'],
  ],
  on: CATEGORY_EVENTS,
  keys: (event) => [event.data.categoryId],
  project(_row, event) {
    if (event.type === 'CategoryRemoved') return null;
    const { name, parentId, position } = event.data.category;
    const title = Object.values(name)[0] ?? '';
    return { title, name, parent_id: parentId, position_in_parent: position };
  },
  personal: 'none',
  list: {
    filters: { parentId: 'parent_id' },
    order: [{ column: 'position_in_parent' }, { column: 'title' }],
  },
});
