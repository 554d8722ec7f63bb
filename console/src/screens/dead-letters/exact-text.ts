/**
 * JSON text changed without touching its numbers: 12345678901234567890 and 1.50 stay as they are written, in every browser.
 * Before it is parsed each string gets an `s` in front and each number becomes a string with an `n` in front; written back,
 * the marks go. Pure.
 */

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARKED = /"([sn])((?:[^"\\]|\\.)*)"/g;

/** Errors: SyntaxError for what is no JSON. */
function marked(text: string): unknown {
  JSON.parse(text);
  return JSON.parse(
    text.replaceAll(TOKEN, (token) =>
      token.startsWith('"') ? `"s${token.slice(1)}` : `"n${token}"`,
    ),
  );
}

function unmarked(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(MARKED, (_all, mark: string, rest: string) =>
    mark === 's' ? `"${rest}"` : rest,
  );
}

/** The text of a member of an object; undefined where it has none. Errors: SyntaxError. */
export function memberText(text: string, name: string): string | undefined {
  const value = fieldsOf(marked(text)).get(`s${name}`);
  return value === undefined ? undefined : unmarked(value);
}

/** The object with these texts as members, in place of those it had. Errors: SyntaxError. */
export function withTexts(text: string, members: Readonly<Record<string, string>>): string {
  const fields = new Map(fieldsOf(marked(text)));
  for (const [name, value] of Object.entries(members)) fields.set(`s${name}`, `s${value}`);
  return unmarked(Object.fromEntries(fields));
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return new Map(isObject ? Object.entries(value) : []);
}
