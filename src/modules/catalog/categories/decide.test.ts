import { describe, expect, test } from 'vitest';
import type { StreamReference } from '../../../core/aggregate.ts';
import type { CategoryCommand } from './commands.ts';
import { consults, decide } from './decide.ts';
import { initialState, type CategoryState } from './state.ts';

const at = (parentId: string | null, status: 'active' | 'removed' = 'active'): CategoryState => ({
  status,
  name: { en: 'x' },
  parentId,
  position: 0,
});
const TREE: Readonly<Record<string, CategoryState>> = {
  one: at(null),
  two: at('one'),
  three: at('two'),
  four: at('three'),
  gone: at(null, 'removed'),
};

/** Asks for streams in rounds, as the frame does, then decides with exactly these. */
function outcome(
  said: Pick<CategoryCommand, 'type' | 'input'>,
  { id, state }: { readonly id: string; readonly state: CategoryState },
): unknown {
  const rest = { at: '', commandId: 'c', secret: 's', actor: 'k', approver: null, number: 0 };
  const command = { ...said, ...rest, id } as CategoryCommand;
  const known = (listed: readonly StreamReference[] | null) => ({
    stateOf(stream: StreamReference): CategoryState {
      const isListed = listed?.some((each) => each.id === stream.id);
      return isListed === true ? (TREE[stream.id] ?? initialState) : initialState;
    },
    versionOf: () => 0,
  });
  let listed: readonly StreamReference[] = [];
  for (let rounds = 0; rounds < 4; rounds += 1) listed = consults(command, known(listed));
  const decision = decide(state, command, known(listed));
  return decision.outcome === 'accepted' ? decision.events : decision.code;
}

const add = (parentId: string | null) =>
  outcome(
    { type: 'AddCategory', input: { name: { en: 'new' }, parentId } },
    { id: 'new', state: initialState },
  );

describe('categories', () => {
  test('stand in one that is there', () => {
    expect(add('three')).toMatchObject([{ type: 'CategoryAdded' }]);
    expect(add('absent')).toBe('CATEGORY_UNKNOWN');
    expect(add('gone')).toBe('CATEGORY_UNKNOWN');
  });

  test('K9: are nested four deep at most and never in themselves', () => {
    expect(add('four')).toBe('CATEGORY_TOO_DEEP');
    const move = (parentId: string) =>
      outcome(
        { type: 'ChangeCategory', input: { parentId } },
        { id: 'one', state: TREE['one'] ?? initialState },
      );
    expect(move('one')).toBe('CATEGORY_LOOP');
    expect(move('three')).toBe('CATEGORY_LOOP');
  });

  test('that were removed take no changes; the same again is no change', () => {
    const state = TREE['gone'] ?? initialState;
    const change = { type: 'ChangeCategory', input: { position: 1 } } as const;
    expect(outcome(change, { id: 'gone', state })).toBe('CATEGORY_REMOVED');
    const same = { type: 'ChangeCategory', input: { position: 0 } } as const;
    expect(outcome(same, { id: 'one', state: at(null) })).toEqual([]);
    const remove = { type: 'RemoveCategory', input: {} } as const;
    expect(outcome(remove, { id: 'one', state: at(null) })).toMatchObject([
      { type: 'CategoryRemoved' },
    ]);
  });
});
