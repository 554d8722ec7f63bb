/**
 * A scanner that tells code from comments and strings, so that rules with regular expressions do not trip over words
 * in prose or in SQL. It is no parser: it knows quotes, templates with nested `${}`, comments, and regular
 * expressions by what stands before the slash.
 */
export interface Scanned {
  /** The text with comments and the insides of strings blanked; offsets and lines are unchanged. */
  readonly code: string;
  /** The text with everything but comments blanked. */
  readonly comments: string;
}

type Kind = 'code' | 'comment' | 'string';

/** What may stand before a slash that opens a regular expression rather than divides. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else))\s*$/;
/** How far back the start of a line of code is looked at; more never matters to the pattern above. */
const LOOK_BACK = 40;

/** Seven rules look at each file of the tree; one look costs a millisecond, all of them half a minute. */
const SCANNED = new Map<string, Scanned>();

/** What `text` is made of; remembered for the life of the process, which reads one tree and a few planted texts. */
export function scan(text: string): Scanned {
  const known = SCANNED.get(text);
  if (known !== undefined) return known;
  const scanned = parts(text);
  SCANNED.set(text, scanned);
  return scanned;
}

function parts(text: string): Scanned {
  const kinds = kindsOf(text);
  const code: string[] = [];
  const comments: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    code.push(kinds[at] === 'code' || char === '\n' ? char : ' ');
    comments.push(kinds[at] === 'comment' || char === '\n' ? char : ' ');
  }
  return { code: code.join(''), comments: comments.join('') };
}

function kindsOf(text: string): readonly Kind[] {
  const kinds = Array.from<Kind>({ length: text.length }).fill('code');
  /** Depth of braces at which each open `${` ends. */
  const templates: number[] = [];
  let depth = 0;
  let at = 0;
  const mark = (end: number, kind: Kind): void => {
    kinds.fill(kind, at, end);
    at = end;
  };
  while (at < text.length) {
    const char = text.charAt(at);
    if (text.startsWith('//', at)) mark(endOf(text, '\n', at), 'comment');
    else if (text.startsWith('/*', at)) mark(endOf(text, '*/', at + 2) + 2, 'comment');
    else if (char === "'" || char === '"') mark(closing(text, at + 1, char), 'string');
    else if (char === '/' && opensRegex(text, at)) mark(closingRegex(text, at + 1), 'string');
    else if (char === '`' || (char === '}' && templates.at(-1) === depth)) {
      if (char === '}') templates.pop();
      const end = closingTemplate(text, at + 1);
      if (text.startsWith('${', end - 2)) templates.push(depth);
      mark(end, 'string');
    } else {
      if (char === '{') depth += 1;
      if (char === '}') depth -= 1;
      at += 1;
    }
  }
  return kinds;
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at;
}

/** Offset after the closing quote; an unclosed string ends with its line. */
function closing(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') at += 1;
    else if (char === quote || char === '\n') return at + 1;
  }
  return text.length;
}

/** Offset after the closing backtick, or after the `${` that opens an expression. */
function closingTemplate(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text.charAt(at) === '\\') at += 1;
    else if (text.charAt(at) === '`') return at + 1;
    else if (text.startsWith('${', at)) return at + 2;
  }
  return text.length;
}

function closingRegex(text: string, from: number): number {
  let inClass = false;
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if ((char === '/' && !inClass) || char === '\n') return at + 1;
  }
  return text.length;
}

function opensRegex(text: string, at: number): boolean {
  return BEFORE_REGEX.test(text.slice(Math.max(0, at - LOOK_BACK), at));
}

export interface Import {
  readonly specifier: string;
  readonly offset: number;
}

const IMPORT = /\b(?:import|export)\s(?:[^'"`;()]*?\bfrom\s*)?(?=['"])|\bimport\s*\(\s*(?=['"])/g;

/** Every module that `text` names in import, re-export and dynamic import. */
export function importsOf(text: string): readonly Import[] {
  const { code } = scan(text);
  const visible = reveal(text, code);
  return [...visible.matchAll(IMPORT)].map((match) => {
    const start = match.index + match[0].length;
    const end = text.indexOf(text.charAt(start), start + 1);
    return { specifier: text.slice(start + 1, end), offset: match.index };
  });
}

/** Puts the opening quotes of strings back into blanked code: a specifier is found by its quote. */
function reveal(text: string, code: string): string {
  return code.replaceAll(/ /g, (blank, at: number) => {
    const char = text.charAt(at);
    return char === "'" || char === '"' ? char : blank;
  });
}
