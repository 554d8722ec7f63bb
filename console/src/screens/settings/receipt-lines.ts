/** Texts of a receipt: one field of lines each. Pure. */

/** As the server takes them; a receipt is narrow. */
const LINES_MAX = 8;
const LINE_LENGTH_MAX = 100;

/** Empty lines within the text stay: they part what stands above from what stands below. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

export function linesFault(text: string): 'many' | 'long' | null {
  const lines = linesOf(text);
  if (lines.length > LINES_MAX) return 'many';
  return lines.some((line) => line.length > LINE_LENGTH_MAX) ? 'long' : null;
}
