import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { accepted, rejected, type Decision, type Rejected } from '../../../core/decision.ts';
import { CATEGORY_DEPTH_MAX, type CategoryCommand } from './commands.ts';
import type { CategoryEvent } from './events.ts';
import {
  CATEGORIES_CATEGORY,
  type CategoryFacts,
  type CategoryState,
  type KnownCategory,
} from './state.ts';

export function decide(
  state: CategoryState,
  command: CategoryCommand,
  around: Surroundings,
): Decision<CategoryEvent> {
  const categoryId = command.id;
  if (command.type === 'AddCategory') {
    if (state.status !== 'unknown') return rejected('CATEGORY_EXISTS');
    const category = { parentId: null, position: 0, ...command.input };
    const fault = faultOf(categoryId, category, around);
    return fault ?? accepted([{ type: 'CategoryAdded', data: { categoryId, category } }]);
  }
  if (state.status !== 'active') return rejected('CATEGORY_REMOVED');
  if (command.type === 'RemoveCategory')
    return accepted([{ type: 'CategoryRemoved', data: { categoryId } }]);
  return change(state, command, around);
}

function change(
  state: KnownCategory,
  { id: categoryId, input }: Extract<CategoryCommand, { readonly type: 'ChangeCategory' }>,
  around: Surroundings,
): Decision<CategoryEvent> {
  const { status: _status, ...before } = state;
  const category = { ...before, ...input };
  if (canonicalJson(category) === canonicalJson(before)) return accepted([]);
  const moves = category.parentId !== before.parentId;
  const fault = moves ? faultOf(categoryId, category, around) : undefined;
  return fault ?? accepted([{ type: 'CategoryChanged', data: { categoryId, category } }]);
}

/**
 * The chain of parents. Two moves at the same moment could still close a loop, since parents are only read beside; so
 * whoever draws the tree does not trust that there is none.
 */
export function consults(
  { input }: CategoryCommand,
  consulted: Surroundings,
): readonly StreamReference[] {
  const first = 'parentId' in input ? (input.parentId ?? null) : null;
  return chainOf(first, consulted).map((id) => ({ category: CATEGORIES_CATEGORY, id }));
}

/** Ids from the parent up, one more than may be at most, so that a chain that is too long shows. */
function chainOf(parentId: string | null, around: Surroundings): readonly string[] {
  const chain: string[] = [];
  let next = parentId;
  while (next !== null && !chain.includes(next) && chain.length < CATEGORY_DEPTH_MAX) {
    chain.push(next);
    const state = categoryAt(next, around);
    next = state.status === 'unknown' ? null : state.parentId;
  }
  return chain;
}

function categoryAt(id: string, around: Surroundings): CategoryState {
  // safe because this category has states of this type
  return around.stateOf({ category: CATEGORIES_CATEGORY, id }) as CategoryState;
}

function faultOf(
  categoryId: string,
  { parentId }: CategoryFacts,
  around: Surroundings,
): Rejected | undefined {
  if (parentId === null) return undefined;
  const chain = chainOf(parentId, around);
  if (chain.includes(categoryId)) return rejected('CATEGORY_LOOP', { parentId });
  if (categoryAt(parentId, around).status !== 'active')
    return rejected('CATEGORY_UNKNOWN', { categoryId: parentId });
  if (chain.length >= CATEGORY_DEPTH_MAX)
    return rejected('CATEGORY_TOO_DEEP', { most: CATEGORY_DEPTH_MAX });
  return undefined;
}
