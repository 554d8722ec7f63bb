/** Plain JSON in tests: freezing it, knowing it, reaching into it. */

/** An error that a check of a module throws. */
export function fault(where: string, what: string): Error {
  return new Error(`${where}: ${what}`);
}

/** Freezes to the ground, so that whoever changes it throws. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}

/** Whether a value survives being written and read as it is: no undefined, no dates, no bigint, no NaN. */
export function isPlainJson(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      if (value === null) return true;
      if (Array.isArray(value)) return value.every(isPlainJson);
      return (
        Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlainJson)
      );
    default:
      return false;
  }
}

/** The value at a JSON Pointer, undefined when there is none. */
export function pointed(value: unknown, pointer: string): unknown {
  let current = value;
  for (const name of namesOf(pointer)) {
    if (typeof current !== 'object' || current === null) return undefined;
    // safe because only own members are read
    current = Object.hasOwn(current, name) ? (current as Record<string, unknown>)[name] : undefined;
  }
  return current;
}

/** A copy in which what the pointers name is `replacement`. */
export function withPointers(
  value: object,
  pointers: readonly string[],
  replacement: unknown,
): object {
  // safe because a copy of an object is an object
  const copy = structuredClone(value) as Record<string, unknown>;
  for (const pointer of pointers) {
    const names = namesOf(pointer);
    const last = names.pop();
    const parent = pointed(copy, names.map((name) => `/${name}`).join(''));
    if (last !== undefined && typeof parent === 'object' && parent !== null)
      Object.assign(parent, { [last]: replacement });
  }
  return copy;
}

function namesOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}
