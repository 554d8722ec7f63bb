/**
 * Regular expressions of tenants' schemas, matched in time linear in the text. The built-in engine backtracks: one
 * careless `(a+)+$` from one tenant would stop the process for all of them. So a pattern is turned into a Thompson
 * automaton (Thompson 1968; https://swtch.com/~rsc/regexp/regexp1.html) whose states are all followed at once: the
 * cost is at most characters x states, whatever the pattern.
 *
 * The language is ECMA-262 with the u flag, without what an automaton cannot do: back references and look-around.
 * Only whether a pattern matches somewhere is asked, so greedy and lazy are the same and groups capture nothing.
 */

/** Longer patterns are programs; the field's own formats (e-mail, phone, codes) take 20 to 120 characters. */
export const PATTERN_LENGTH_MAX = 256;
/** States after counted repetitions were written out: bounds the work per character. */
const STATES_MAX = 1_000;
/** Characters that are looked at: bounds the time of one check to STATES_MAX x this, about 50 ms at the very worst. */
export const PATTERN_SUBJECT_MAX = 8_192;

export class PatternRefused extends Error {
  override readonly name = 'PatternRefused';
}

export interface SafePattern {
  /** Whether the pattern matches somewhere in the text; false for texts beyond PATTERN_SUBJECT_MAX. */
  test(text: string): boolean;
}

type Assertion = 'start' | 'end' | 'boundary' | 'inside';
type State =
  | { readonly kind: 'character'; readonly matches: (codePoint: number) => boolean; next: number }
  | { readonly kind: 'split'; next: number; other: number }
  | { readonly kind: 'assert'; readonly what: Assertion; next: number }
  | { readonly kind: 'match' };

type Node =
  | { readonly kind: 'empty' }
  | { readonly kind: 'class'; readonly source: string }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly min: number; readonly max: number };

/** Errors: PatternRefused with what cannot be used. */
export function compilePattern(pattern: string): SafePattern {
  if (pattern.length > PATTERN_LENGTH_MAX)
    throw new PatternRefused(`the pattern is longer than ${PATTERN_LENGTH_MAX} characters`);
  try {
    new RegExp(pattern, 'u');
  } catch {
    throw new PatternRefused('the pattern is not a regular expression of ECMA-262 with the u flag');
  }
  const states: State[] = [{ kind: 'match' }];
  const first = build(states, parsePattern(pattern), 0);
  return { test: (text) => run(states, first, text) };
}

/** Parses a pattern that the built-in engine has accepted, so its syntax is known to be sound. */
function parsePattern(pattern: string): Node {
  let at = 0;

  function choice(): Node {
    const options = [sequence()];
    while (pattern[at] === '|') {
      at++;
      options.push(sequence());
    }
    return options.length === 1 ? (options[0] ?? { kind: 'empty' }) : { kind: 'choice', options };
  }

  function sequence(): Node {
    const parts: Node[] = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')')
      parts.push(repeated(atom()));
    return { kind: 'sequence', parts };
  }

  function repeated(part: Node): Node {
    const match = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(pattern.slice(at));
    if (match === null) return part;
    at += match[0].length;
    if (match[1] !== undefined)
      return {
        kind: 'repeat',
        part,
        min: match[1] === '+' ? 1 : 0,
        max: match[1] === '?' ? 1 : Infinity,
      };
    const min = Number(match[2]);
    const max = match[3] === '' ? min : match[4] === '' ? Infinity : Number(match[4]);
    return { kind: 'repeat', part, min, max };
  }

  function atom(): Node {
    const character = pattern[at] ?? '';
    if (character === '(') return group();
    if (character === '^' || character === '$') {
      at++;
      return { kind: 'assert', what: character === '^' ? 'start' : 'end' };
    }
    const match = ATOM.exec(pattern.slice(at));
    const source = match?.[0] ?? '';
    if (source === '\\b' || source === '\\B') {
      at += 2;
      return { kind: 'assert', what: source === '\\b' ? 'boundary' : 'inside' };
    }
    if (source === '' || /^\\[1-9k]/.test(source))
      throw new PatternRefused('the pattern has a back reference');
    at += source.length;
    return { kind: 'class', source };
  }

  function group(): Node {
    const opening = /^\((?:\?(?:<[^=!][^>]*>|:))?/.exec(pattern.slice(at))?.[0] ?? '(';
    if (pattern[at + opening.length] === '?')
      throw new PatternRefused('the pattern looks ahead or behind');
    at += opening.length;
    const inner = choice();
    at++;
    return inner;
  }

  return choice();
}

/** One class, escape or code point as it stands in the pattern. */
const ATOM =
  /^(?:\[(?:\\.|[^\]\\])*\]|\\u\{[0-9a-f]+\}|\\u[0-9a-f]{4}(?:\\u[0-9a-f]{4})?|\\x[0-9a-f]{2}|\\p\{[^}]*\}|\\c[a-z]|\\.|.)/isu;

/** Adds the states of `node`, which lead to `next`, and answers with the first of them. */
function build(states: State[], node: Node, next: number): number {
  switch (node.kind) {
    case 'empty':
      return next;
    case 'class':
      return add(states, { kind: 'character', matches: codePointTest(node.source), next });
    case 'assert':
      return add(states, { kind: 'assert', what: node.what, next });
    case 'sequence':
      return node.parts.reduceRight((after, part) => build(states, part, after), next);
    case 'choice':
      return node.options
        .map((option) => build(states, option, next))
        .reduceRight((other, first) => add(states, { kind: 'split', next: first, other }));
    case 'repeat':
      return buildRepeat(states, node, next);
  }
}

function buildRepeat(states: State[], node: Node & { kind: 'repeat' }, next: number): number {
  let after = next;
  if (node.max === Infinity) {
    const loop: State & { kind: 'split' } = { kind: 'split', next, other: next };
    after = add(states, loop);
    loop.next = build(states, node.part, after);
  } else
    for (let i = node.min; i < node.max; i++)
      after = add(states, { kind: 'split', next: build(states, node.part, after), other: next });
  for (let i = 0; i < node.min; i++) after = build(states, node.part, after);
  return after;
}

function add(states: State[], state: State): number {
  if (states.length >= STATES_MAX) throw new PatternRefused('the pattern repeats too much');
  return states.push(state) - 1;
}

/** The built-in engine judges single code points, which costs constant time; the answers for ASCII are kept. */
function codePointTest(source: string): (codePoint: number) => boolean {
  const expression = new RegExp(`^(?:${source})$`, 'u');
  const ascii = Array.from({ length: 128 }, (_, code) =>
    expression.test(String.fromCharCode(code)),
  );
  return (codePoint) => ascii[codePoint] ?? expression.test(String.fromCodePoint(codePoint));
}

function run(states: readonly State[], first: number, text: string): boolean {
  if (text.length > PATTERN_SUBJECT_MAX) return false;
  const mark = new Int32Array(states.length).fill(-1);
  let current: number[] = [];
  let before = -1;
  let step = 0;
  for (let at = 0; ; step++) {
    const code = at < text.length ? (text.codePointAt(at) ?? -1) : -1;
    // The start state joins at every place: a pattern without ^ may match anywhere.
    const pending = [...current, first];
    const reached: number[] = [];
    while (pending.length > 0) {
      const index = pending.pop() ?? 0;
      if (mark[index] === step) continue;
      mark[index] = step;
      const state = states[index];
      if (state === undefined || state.kind === 'match') return true;
      if (state.kind === 'split') pending.push(state.next, state.other);
      else if (state.kind === 'character') reached.push(index);
      else if (holds(state.what, before, code)) pending.push(state.next);
    }
    if (code < 0) return false;
    current = [];
    for (const index of reached) {
      const state = states[index];
      if (state?.kind === 'character' && state.matches(code)) current.push(state.next);
    }
    at += code > 0xffff ? 2 : 1;
    before = code;
  }
}

function holds(what: Assertion, before: number, after: number): boolean {
  if (what === 'start') return before < 0;
  if (what === 'end') return after < 0;
  return (isWord(before) !== isWord(after)) === (what === 'boundary');
}

function isWord(code: number): boolean {
  return code >= 0 && /^\w$/.test(String.fromCodePoint(code));
}
