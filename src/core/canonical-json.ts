/**
 * JSON text that is the same for equal values: members in order of their names (UTF-16 code units, as RFC 8785 has it),
 * no insignificant space. For hashes of states and rows; only plain JSON values come here.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  return Array.isArray(value) ? arrayText(value) : objectText(value);
}

function arrayText(values: readonly unknown[]): string {
  let text = '';
  for (const value of values) text += `${text === '' ? '' : ','}${canonicalJson(value)}`;
  return `[${text}]`;
}

/**
 * Inputs and rows mostly have their members in order already. The others are sorted by insertion: they are few, and
 * `sort` copies the list twice, which was 10 kB of what a sale leaves to the collector.
 */
function namesInOrder(value: object): readonly string[] {
  const names = Object.keys(value);
  if (names.length > INSERTED_MAX) return names.sort();
  for (let next = 1; next < names.length; next += 1) {
    // safe because `next` is below the length
    const name = names[next] as string;
    let place = next;
    // safe because `place` is above 0 and below the length
    for (; place > 0 && (names[place - 1] as string) > name; place -= 1)
      names[place] = names[place - 1] as string;
    names[place] = name;
  }
  return names;
}

/** Beyond it the moves of an insertion cost more than the copies. */
const INSERTED_MAX = 32;

/** Members without a value are left out, as JSON.stringify does. */
function objectText(value: object): string {
  // safe because members are read by the names that the object itself gives
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const name of namesInOrder(value)) {
    const member = members[name];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}
