/** What changed between two values of plain JSON, field by field. Pure. */
import type { FieldChange } from './pipeline.ts';

/** More fields than this are told as one change of the whole: nobody reads them one by one. */
const CHANGES_MAX = 500;
/** A state nested deeper is compared as a whole from here on, so that no state exhausts the stack. */
const DEPTH_MAX = 64;

/**
 * Changes in the order of the fields' names, each with a JSON Pointer (RFC 6901). Objects are compared member by member,
 * arrays item by item between what both begin and end with alike: an item put in or taken out is one change at its
 * index, in `after` and in `before`. The same pointer may therefore stand twice: once removed, once added.
 */
export function diff(before: unknown, after: unknown): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  compare({ at: '', before, after }, 0, changes);
  return changes.length > CHANGES_MAX ? [{ at: '', before, after }] : changes;
}

interface Pair {
  readonly at: string;
  readonly before: unknown;
  readonly after: unknown;
}

function compare(pair: Pair, depth: number, changes: FieldChange[]): void {
  const { at, before, after } = pair;
  if (before === after || changes.length > CHANGES_MAX) return;
  if (depth < DEPTH_MAX && Array.isArray(before) && Array.isArray(after))
    return compareArrays({ at, before, after }, depth, changes);
  if (depth < DEPTH_MAX && isObject(before) && isObject(after))
    return compareObjects({ at, before, after }, depth, changes);
  if (isSameValue(before, after)) return;
  changes.push({ at, before, after });
}

interface ObjectPair {
  readonly at: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

function compareObjects(pair: ObjectPair, depth: number, changes: FieldChange[]): void {
  const { before, after } = pair;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const name of [...names].sort()) {
    const at = `${pair.at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    // A member without a value is no member in JSON.
    const held = Object.hasOwn(before, name) ? before[name] : undefined;
    const holds = Object.hasOwn(after, name) ? after[name] : undefined;
    if (held === undefined && holds === undefined) continue;
    if (held === undefined) changes.push({ at, after: holds });
    else if (holds === undefined) changes.push({ at, before: held });
    else compare({ at, before: held, after: holds }, depth + 1, changes);
  }
}

interface ArrayPair {
  readonly at: string;
  readonly before: readonly unknown[];
  readonly after: readonly unknown[];
}

function compareArrays(
  { at, before, after }: ArrayPair,
  depth: number,
  changes: FieldChange[],
): void {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start], depth)) start += 1;
  let end = 0;
  while (end < shorter - start && isSame(before.at(-1 - end), after.at(-1 - end), depth)) end += 1;
  const beforeEnd = before.length - end;
  const afterEnd = after.length - end;
  const both = Math.min(beforeEnd, afterEnd);
  for (let index = start; index < both; index += 1)
    compare(
      { at: `${at}/${index}`, before: before[index], after: after[index] },
      depth + 1,
      changes,
    );
  for (let index = both; index < beforeEnd; index += 1)
    changes.push({ at: `${at}/${index}`, before: before[index] });
  for (let index = both; index < afterEnd; index += 1)
    changes.push({ at: `${at}/${index}`, after: after[index] });
}

/** Equality of its own, not `compare`: comparing twice on each level would double the work with each level. */
function isSame(before: unknown, after: unknown, depth: number): boolean {
  if (Object.is(before, after)) return true;
  if (depth >= DEPTH_MAX) return isSameValue(before, after);
  if (Array.isArray(before) && Array.isArray(after))
    return (
      before.length === after.length &&
      before.every((item, index) => isSame(item, after[index], depth + 1))
    );
  if (!isObject(before) || !isObject(after)) return false;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].every((name) => isSame(before[name], after[name], depth + 1));
}

/** Scalars, values of different kinds, and whatever is nested too deeply to be walked. */
function isSameValue(before: unknown, after: unknown): boolean {
  if (typeof before !== 'object' || typeof after !== 'object') return Object.is(before, after);
  if (before === null || after === null || Array.isArray(before) !== Array.isArray(after))
    return false;
  return JSON.stringify(before) === JSON.stringify(after);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
