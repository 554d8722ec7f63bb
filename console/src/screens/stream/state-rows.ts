/** A state as rows of single values, with what one event changed in it marked. Pure. */

export interface StateChange {
  /** JSON Pointer (RFC 6901). */
  readonly at: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface StateRow {
  /** Names from the top: `lines`, `0`, `name`. */
  readonly path: readonly string[];
  /** undefined for what is gone. */
  readonly value: unknown;
  readonly change: 'added' | 'changed' | 'removed' | null;
  /** What stood there before, for changed and removed ones. */
  readonly before?: unknown;
}

/** A state of more values is cut: nobody reads them, and the screen stays quick. */
export const ROWS_MAX = 1000;

export function stateRows(state: unknown, changes: readonly StateChange[]): readonly StateRow[] {
  const rows: StateRow[] = [];
  collect({ path: [], value: state }, changesByPath(changes), rows);
  for (const change of changes) if (!('after' in change)) removedRows(change, rows);
  return rows.slice(0, ROWS_MAX);
}

/** The part of a pointer, unescaped. */
export function pathOf(pointer: string): readonly string[] {
  return pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function changesByPath(changes: readonly StateChange[]): ReadonlyMap<string, StateChange> {
  return new Map(changes.map((change) => [change.at, change]));
}

interface Place {
  readonly path: readonly string[];
  readonly value: unknown;
  /** Of the nearest part above that changed as a whole. */
  readonly within?: StateChange;
}

function collect(place: Place, changes: ReadonlyMap<string, StateChange>, rows: StateRow[]): void {
  if (rows.length > ROWS_MAX) return;
  const { path, value } = place;
  const own = changes.get(pointerOf(path));
  const within = own ?? place.within;
  const parts = partsOf(value);
  if (parts !== null && parts.length > 0) {
    for (const [name, part] of parts)
      collect(
        { path: [...path, name], value: part, ...(within === undefined ? {} : { within }) },
        changes,
        rows,
      );
    return;
  }
  if (path.length > 0) rows.push({ path, value, ...markOf(path, within) });
}

function markOf(
  path: readonly string[],
  within: StateChange | undefined,
): Pick<StateRow, 'change' | 'before'> {
  if (within === undefined) return { change: null };
  const before =
    'before' in within ? valueAt(within.before, path.slice(pathOf(within.at).length)) : undefined;
  return before === undefined ? { change: 'added' } : { change: 'changed', before };
}

function removedRows(change: StateChange, rows: StateRow[]): void {
  const gone: StateRow[] = [];
  collect({ path: pathOf(change.at), value: change.before }, new Map(), gone);
  rows.push(
    ...gone.map(({ path, value }) => ({
      path,
      value: undefined,
      change: 'removed' as const,
      before: value,
    })),
  );
}

function partsOf(value: unknown): readonly (readonly [string, unknown])[] | null {
  return typeof value === 'object' && value !== null ? Object.entries(value) : null;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at: unknown = value;
  for (const name of path) {
    const parts = partsOf(at);
    if (parts === null) return undefined;
    at = parts.find(([key]) => key === name)?.[1];
  }
  return at;
}

function pointerOf(path: readonly string[]): string {
  return path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
