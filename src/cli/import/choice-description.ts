/**
 * `[Tomato Salsa (Mild), [Rice, Cheese]]`: the first element, a name or a list of names, is what was chosen, the others
 * are what came with it. Lists may be nested as deep as they like. Pure.
 */

type Choice = string | readonly Choice[];

/** The two parts; null when the brackets do not match. */
export function parseChoice(text: string): readonly [readonly string[], readonly string[]] | null {
  const read = readList(text, 0);
  if (read === null || read.end !== text.length) return null;
  const [first, ...others] = read.list;
  return [first === undefined ? [] : namesOf(first), others.flatMap(namesOf)];
}

function namesOf(choice: Choice): readonly string[] {
  return typeof choice === 'string' ? [choice] : choice.flatMap(namesOf);
}

/** Deeper is no description of a dish, and each level is a call. */
const DEPTH_MAX = 10;

/** The list that begins at `from`, and where it ends. */
function readList(
  text: string,
  from: number,
  depth = 1,
): { readonly list: readonly Choice[]; readonly end: number } | null {
  if (text[from] !== '[' || depth > DEPTH_MAX) return null;
  const list: Choice[] = [];
  let at = from + 1;
  for (;;) {
    while (text[at] === ' ') at += 1;
    if (text[at] === '[') {
      const inner = readList(text, at, depth + 1);
      if (inner === null) return null;
      list.push(inner.list);
      at = inner.end;
    } else {
      const end = endOfName(text, at);
      const name = text.slice(at, end).trim();
      if (name !== '') list.push(name);
      at = end;
    }
    while (text[at] === ' ') at += 1;
    if (text[at] === ']') return { list, end: at + 1 };
    if (text[at] !== ',') return null;
    at += 1;
  }
}

function endOfName(text: string, from: number): number {
  let at = from;
  while (at < text.length && !'[],'.includes(text[at] ?? '')) at += 1;
  return at;
}
