import { expect, test } from 'vitest';
import { givenEvents } from '../../../../test/support/given.ts';
import { decide } from './decide.ts';
import type { GroupCommand } from './commands.ts';
import type { GroupEvent } from './events.ts';
import { evolve, initialState, type GroupState } from './state.ts';

const given = (...events: readonly GroupEvent[]) =>
  givenEvents<GroupState, GroupCommand, GroupEvent>({ initialState, decide, evolve }, ...events);
const option = { optionId: 'oat', name: { en: 'oat' }, price: 50 };
const group = { name: { en: 'Milk' }, min: 0, max: 1, options: [option] };
const added: GroupEvent = { type: 'GroupAdded', data: { groupId: 'id-1', group } };

test('a modifier group is added once, with its bounds in order and its options apart', () => {
  expect(given().when({ type: 'AddGroup', input: group })).toEqual([added]);
  expect(given(added).when({ type: 'AddGroup', input: group })).toBe('GROUP_EXISTS');
  expect(given().when({ type: 'AddGroup', input: { ...group, min: 2 } })).toBe('GROUP_BOUNDS');
  const options = [option, option];
  expect(given().when({ type: 'AddGroup', input: { ...group, options } })).toBe('OPTION_TWICE');
});

test('a change says the whole group; the same again says nothing', () => {
  expect(given(added).when({ type: 'ChangeGroup', input: { max: 2 } })).toEqual([
    { type: 'GroupChanged', data: { groupId: 'id-1', group: { ...group, max: 2 } } },
  ]);
  expect(given(added).when({ type: 'ChangeGroup', input: { max: 1 } })).toEqual([]);
});

test('a retired group takes no changes', () => {
  const retired: GroupEvent = { type: 'GroupRetired', data: { groupId: 'id-1', reason: 'r' } };
  expect(given(added).when({ type: 'RetireGroup', input: { reason: 'r' } })).toEqual([retired]);
  expect(given(added, retired).when({ type: 'ChangeGroup', input: { max: 2 } })).toBe(
    'GROUP_RETIRED',
  );
});
