/**
 * JSON in and out without touching numbers: 12345678901234567890 and 1.50 leave as they came. For whoever passes on what
 * others sent; code that computes reads numbers.
 */

interface RawJson {
  parse(text: string, reviver: Reviver): unknown;
  rawJSON(text: string): object;
}
type Reviver = (name: string, value: unknown, context: { readonly source?: string }) => unknown;

// safe because source text access (ECMAScript 2026, JSON.rawJSON) is in Node 22 and later; the types trail behind.
const raw = JSON as unknown as RawJson;

/**
 * Parses; numbers that a double would change are kept as raw text that JSON.stringify writes back. `judge` sees every
 * member and may throw. Errors: SyntaxError.
 */
export function parseKeepingNumbers(
  text: string,
  judge: (name: string, value: unknown) => unknown = (_name, value) => value,
): unknown {
  return raw.parse(text, (name, value, { source }) => {
    const judged = judge(name, value);
    return typeof judged === 'number' && source !== undefined && String(judged) !== source
      ? raw.rawJSON(source)
      : judged;
  });
}
