import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { GROUP_EVENTS, type GroupEvent } from '../events.ts';
import type { GroupFacts } from '../state.ts';

/** A row of the list of modifier groups. */
interface GroupRow {
  readonly title: string;
  readonly name: GroupFacts['name'];
  readonly min: number;
  readonly max: number;
  readonly options: GroupFacts['options'];
  readonly status: string;
  readonly [column: string]: unknown;
}

export const groupList = defineReadModel<Recorded<GroupEvent>, GroupRow>({
  name: 'catalog.groups',
  version: 1,
  columns: {
    title: 'text',
    name: 'jsonb',
    min: 'integer',
    max: 'integer',
    options: 'jsonb',
    status: 'text',
  },
  indexes: [['title'], ['status', 'title']],
  on: GROUP_EVENTS,
  keys: (event) => [event.data.groupId],
  project(row, event) {
    if (event.type === 'GroupRetired') return row === null ? null : { ...row, status: 'retired' };
    if (event.type === 'GroupChanged' && row === null) return null;
    const { name, min, max, options } = event.data.group;
    const status = row?.status ?? 'active';
    return { title: Object.values(name)[0] ?? '', name, min, max, options, status };
  },
  personal: 'none',
  list: { filters: { status: 'status' }, order: [{ column: 'title' }] },
});
