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

/** Inputs and rows mostly have their members in order already, and sorting them copies the list twice. */
function namesInOrder(value: object): readonly string[] {
  const names = Object.keys(value);
  const isOrdered = names.every((name, index) => index === 0 || (names[index - 1] ?? '') <= name);
  return isOrdered ? names : names.sort();
}

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
