/** From the text of a rule to its tree: precedence climbing over a list of tokens, bounded in length and depth. */

/** The tree that the parser makes. */
export type RuleNode =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'field'; readonly path: readonly (string | number)[] }
  | { readonly kind: 'not' | 'negate'; readonly operand: RuleNode }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: RuleNode;
      readonly right: RuleNode;
    }
  | { readonly kind: 'in'; readonly operand: RuleNode; readonly options: readonly RuleNode[] }
  | { readonly kind: 'call'; readonly name: RuleFunction; readonly operand: RuleNode };

export const RULE_FUNCTIONS = ['exists', 'length', 'lower', 'abs'] as const;
export type RuleFunction = (typeof RULE_FUNCTIONS)[number];

/** A rule that takes more is several rules. */
export const RULE_LENGTH_MAX = 1_000;
/** Parentheses within parentheses; bounds the recursion of the parser and of every evaluation. */
const DEPTH_MAX = 32;

export class RuleSyntaxError extends Error {
  override readonly name = 'RuleSyntaxError';
}

const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<text>"(?:[^"\\]|\\.)*")|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<sign>==|!=|<=|>=|[-+*/%<>()[\],.]))/y;

interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  readonly text: string;
}

/** How tightly operators bind; `in` stands with the comparisons. */
const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ['or', 1],
  ['and', 2],
  ['==', 4],
  ['!=', 4],
  ['<', 4],
  ['<=', 4],
  ['>', 4],
  ['>=', 4],
  ['in', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
  ['%', 6],
]);
const LOWEST = 1;
const NOT = 3;
const NEGATE = 7;
const RESERVED: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in']);
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function tokensOf(expression: string): Token[] {
  if (expression.length > RULE_LENGTH_MAX)
    throw new RuleSyntaxError(`The rule is longer than ${RULE_LENGTH_MAX} characters.`);
  const tokens: Token[] = [];
  const end = expression.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(expression)?.groups;
    const found = (['number', 'text', 'name', 'sign'] as const).find(
      (kind) => groups?.[kind] !== undefined,
    );
    if (found === undefined)
      throw new RuleSyntaxError(`The rule cannot be read at character ${at + 1}.`);
    tokens.push({ kind: found, text: groups?.[found] ?? '' });
  }
  return [...tokens, { kind: 'end', text: '' }];
}

/** Where a parse stands. */
interface Parse {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

/** Errors: RuleSyntaxError. */
export function parseRule(expression: string): RuleNode {
  const parse: Parse = { tokens: tokensOf(expression), at: 0, depth: 0 };
  const root = operation(parse, LOWEST);
  if (peek(parse).kind !== 'end') throw unexpected(parse);
  return root;
}

function peek({ tokens, at }: Parse): Token {
  return tokens[at] ?? { kind: 'end', text: '' };
}

/** Steps over the sign or word when it is next. */
function accept(parse: Parse, kind: 'sign' | 'name', text: string): boolean {
  const next = peek(parse);
  const found = next.kind === kind && next.text === text;
  if (found) parse.at++;
  return found;
}

function expectSign(parse: Parse, text: string): void {
  if (!accept(parse, 'sign', text)) throw unexpected(parse);
}

function unexpected(parse: Parse): RuleSyntaxError {
  const { kind, text } = peek(parse);
  return new RuleSyntaxError(
    kind === 'end' ? 'The rule ends too early.' : `The rule has an unexpected "${text}".`,
  );
}

/** An operand and the operators behind it that bind at least as tightly as `precedenceMin`. */
function operation(parse: Parse, precedenceMin: number): RuleNode {
  if (++parse.depth > DEPTH_MAX)
    throw new RuleSyntaxError(`The rule is nested deeper than ${DEPTH_MAX} levels.`);
  let left = operand(parse);
  for (;;) {
    const { kind, text } = peek(parse);
    const precedence = kind === 'sign' || kind === 'name' ? (PRECEDENCE.get(text) ?? 0) : 0;
    if (precedence < precedenceMin) break;
    parse.at++;
    left =
      text === 'in'
        ? { kind: 'in', operand: left, options: list(parse) }
        : { kind: 'binary', operator: text, left, right: operation(parse, precedence + 1) };
  }
  parse.depth--;
  return left;
}

function operand(parse: Parse): RuleNode {
  if (accept(parse, 'name', 'not')) return { kind: 'not', operand: operation(parse, NOT) };
  if (accept(parse, 'sign', '-')) return { kind: 'negate', operand: operation(parse, NEGATE) };
  const { kind, text } = peek(parse);
  if (kind === 'sign') return group(parse);
  if (kind === 'end' || (kind === 'name' && RESERVED.has(text))) throw unexpected(parse);
  parse.at++;
  if (kind === 'number') return { kind: 'literal', value: Number(text) };
  if (kind === 'text') return { kind: 'literal', value: textOf(text) };
  const constant = CONSTANTS.get(text);
  if (constant !== undefined) return { kind: 'literal', value: constant };
  const name = RULE_FUNCTIONS.find((known) => known === text);
  const called = name !== undefined && peek(parse).text === '(' && peek(parse).kind === 'sign';
  return called
    ? { kind: 'call', name, operand: group(parse) }
    : { kind: 'field', path: path(parse, text) };
}

function group(parse: Parse): RuleNode {
  expectSign(parse, '(');
  const inner = operation(parse, LOWEST);
  expectSign(parse, ')');
  return inner;
}

function list(parse: Parse): RuleNode[] {
  expectSign(parse, '(');
  const options = [operation(parse, LOWEST)];
  while (accept(parse, 'sign', ',')) options.push(operation(parse, LOWEST));
  expectSign(parse, ')');
  return options;
}

function path(parse: Parse, first: string): (string | number)[] {
  const steps: (string | number)[] = [first];
  for (;;) {
    const bracket = accept(parse, 'sign', '[');
    if (!bracket && !accept(parse, 'sign', '.')) return steps;
    const { kind, text } = peek(parse);
    if (!bracket && kind === 'name') steps.push(text);
    else if (bracket && kind === 'text') steps.push(textOf(text));
    else if (bracket && kind === 'number' && /^\d+$/.test(text)) steps.push(Number(text));
    else throw unexpected(parse);
    parse.at++;
    if (bracket) expectSign(parse, ']');
  }
}

function textOf(token: string): string {
  try {
    // safe because the token begins and ends with quotes: if it is JSON at all, it is a string
    return JSON.parse(token) as string;
  } catch {
    throw new RuleSyntaxError(`The rule has a text that is not a JSON string: ${token}`);
  }
}
