/** JSON in and out without touching numbers: 12345678901234567890 and 1.50 leave as they came. */

interface RawJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): object;
}

// safe because source text access (ECMAScript 2026, JSON.rawJSON) is in Node 22 and later; the types trail behind.
const raw = JSON as unknown as RawJson;

/** Parses; numbers that a double would change are kept as raw text that JSON.stringify writes back. */
export function parseKeepingNumbers(text: string): unknown {
  return raw.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? raw.rawJSON(source)
      : value,
  );
}

/** The member of an object, or undefined; for answers whose shape is checked where it is used. */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

export function textMember(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' ? found : undefined;
}

export function listMember(value: unknown, name: string): readonly unknown[] {
  const found = member(value, name);
  return Array.isArray(found) ? found : [];
}
