/** Makes of the changes of an event what its sentence is filled with: a history tells what changed, not the event. Pure. */
import { isObject } from './schema.ts';

export interface Change {
  /** JSON Pointer into the state. */
  readonly at: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** A field of the state as people see it, with what it was and what it is. */
export interface Fact {
  /** Names of the pointer, the innermost first; places in lists are left out. */
  readonly names: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** Said by the sentence itself or by the page. */
const UNSAID = /^(?:id|version|at|stateVersion|.*Id)$/;

/** What changed in plain values; whole things that came or went are looked into. */
export function factsOf(changes: readonly Change[]): readonly Fact[] {
  return changes
    .flatMap(({ at, before, after }) => {
      const names = namesOf(at);
      if (isObject(before) || isObject(after)) return inside(names, before, after);
      return [{ names, before, after }];
    })
    .filter(
      ({ names: [name = ''], before, after }) => !UNSAID.test(name) && said(before) !== said(after),
    );
}

function inside(names: readonly string[], before: unknown, after: unknown): readonly Fact[] {
  if (isMoney(before) || isMoney(after)) return [{ names, before, after }];
  const [was, is] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => !Array.isArray(is[name] ?? was[name]))
    .filter((name) => !isObject(is[name] ?? was[name]) || isMoney(is[name] ?? was[name]))
    .map((name) => ({ names: [name, ...names], before: was[name], after: is[name] }));
}

/** Two states of one thing, compared field by field at the top. */
export function changesOf(before: unknown, after: unknown): readonly Change[] {
  const [was, is] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => said(was[name]) !== said(is[name]))
    .map((name) => ({ at: `/${name}`, before: was[name], after: is[name] }));
}

/** A field that is nothing, one that is not there, and what does not hold look alike to people. */
function said(value: unknown): string {
  const isNothing =
    value === undefined ||
    value === null ||
    value === '' ||
    value === false ||
    (Array.isArray(value) && value.length === 0);
  return isNothing ? '' : JSON.stringify(value);
}

/**
 * Values by their innermost name, as an event would have them. One that stands for several values is left out: an
 * amount among many would make a wrong sentence.
 */
export function valuesOf(
  changes: readonly Change[],
  known: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const found = new Map<string, unknown[]>();
  const note = (name: string, value: unknown): void => {
    if (name === '' || value === undefined) return;
    found.set(name, [...(found.get(name) ?? []), value]);
    if (isObject(value) && !isMoney(value))
      for (const [inner, each] of Object.entries(value)) note(inner, each);
  };
  for (const { at, after } of changes) note(namesOf(at)[0] ?? '', after);
  const single = [...found].filter(
    ([, values]) => new Set(values.map((value) => JSON.stringify(value))).size === 1,
  );
  return { ...known, ...Object.fromEntries(single.map(([name, [value]]) => [name, value])) };
}

/** What stays true after the event that said it, and helps later sentences. */
const LASTING = new Set([
  'name',
  'title',
  'number',
  'currency',
  'customerId',
  'productId',
  'tableId',
  'channel',
]);

/** The values of each event of a history, in its order, with those of earlier ones that are still true. */
export function valuesInTurn(
  histories: readonly (readonly Change[])[],
): readonly Readonly<Record<string, unknown>>[] {
  const told: Readonly<Record<string, unknown>>[] = [];
  for (const changes of histories) {
    const known = Object.entries(told.at(-1) ?? {}).filter(([name]) => LASTING.has(name));
    told.push(valuesOf(changes, Object.fromEntries(known)));
  }
  return told;
}

/** `/lines/0/note` is note, lines. */
function namesOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .filter((part) => part !== '' && !/^\d+$/.test(part))
    .toReversed();
}

function isMoney(value: unknown): boolean {
  return isObject(value) && typeof value['amount'] === 'number' && 'currency' in value;
}
