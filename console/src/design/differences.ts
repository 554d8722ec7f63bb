/** Compares two JSON values field by field. */

export interface Difference {
  /** Names joined by points, list places in brackets: `lines[0].quantity`. */
  readonly path: string;
  /** undefined when the field was not there. */
  readonly was: unknown;
  /** undefined when the field is gone. */
  readonly is: unknown;
}

/** More would not be read, and two large values must not freeze the screen. */
const DIFFERENCES_MAX = 500;

export function differencesOf(before: unknown, after: unknown): readonly Difference[] {
  const found: Difference[] = [];
  compare({ path: '', was: before, is: after }, found);
  return found;
}

function compare({ path, was, is }: Difference, found: Difference[]): void {
  if (found.length >= DIFFERENCES_MAX || was === is) return;
  if (Array.isArray(was) && Array.isArray(is)) {
    for (let at = 0; at < Math.max(was.length, is.length); at += 1)
      compare({ path: `${path}[${String(at)}]`, was: was[at], is: is[at] }, found);
  } else if (isObject(was) && isObject(is)) {
    for (const name of new Set([...Object.keys(was), ...Object.keys(is)]))
      compare(
        { path: path === '' ? name : `${path}.${name}`, was: was[name], is: is[name] },
        found,
      );
  } else if (JSON.stringify(was) !== JSON.stringify(is)) {
    found.push({ path: path === '' ? '·' : path, was, is });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
