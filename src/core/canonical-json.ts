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

/** Members without a value are left out, as JSON.stringify does. */
function objectText(value: object): string {
  // safe because members are read by the names that the object itself gives
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}
