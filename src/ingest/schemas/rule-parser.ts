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

/** Errors: RuleSyntaxError. */
export function parseRule(expression: string): RuleNode {
  const tokens = tokensOf(expression);
  let at = 0;
  let depth = 0;

  const peek = (): Token => tokens[at] ?? { kind: 'end', text: '' };
  const isSign = (text: string): boolean => peek().kind === 'sign' && peek().text === text;
  const isWord = (text: string): boolean => peek().kind === 'name' && peek().text === text;

  function unexpected(): RuleSyntaxError {
    const { kind, text } = peek();
    return new RuleSyntaxError(
      kind === 'end' ? 'The rule ends too early.' : `The rule has an unexpected "${text}".`,
    );
  }

  function expectSign(text: string): void {
    if (!isSign(text)) throw unexpected();
    at++;
  }

  function binaryFrom(precedenceMin: number): RuleNode {
    if (++depth > DEPTH_MAX)
      throw new RuleSyntaxError(`The rule is nested deeper than ${DEPTH_MAX} levels.`);
    let left = prefix();
    for (;;) {
      const { kind, text } = peek();
      const precedence = kind === 'sign' || kind === 'name' ? (PRECEDENCE.get(text) ?? 0) : 0;
      if (precedence < precedenceMin || precedence === 0) break;
      at++;
      left =
        text === 'in'
          ? { kind: 'in', operand: left, options: list() }
          : { kind: 'binary', operator: text, left, right: binaryFrom(precedence + 1) };
    }
    depth--;
    return left;
  }

  function prefix(): RuleNode {
    if (isWord('not')) {
      at++;
      return { kind: 'not', operand: binaryFrom(NOT) };
    }
    if (isSign('-')) {
      at++;
      return { kind: 'negate', operand: binaryFrom(NEGATE) };
    }
    return primary();
  }

  function primary(): RuleNode {
    const { kind, text } = peek();
    if (isSign('(')) return group();
    if (kind === 'sign' || kind === 'end' || (kind === 'name' && RESERVED.has(text)))
      throw unexpected();
    at++;
    if (kind === 'number') return { kind: 'literal', value: Number(text) };
    if (kind === 'text') return { kind: 'literal', value: textOf(text) };
    const constant = CONSTANTS.get(text);
    if (constant !== undefined) return { kind: 'literal', value: constant };
    const name = RULE_FUNCTIONS.find((known) => known === text);
    return name !== undefined && isSign('(') ? call(name) : { kind: 'field', path: path(text) };
  }

  function group(): RuleNode {
    expectSign('(');
    const inner = binaryFrom(1);
    expectSign(')');
    return inner;
  }

  function call(name: RuleFunction): RuleNode {
    const operand = group();
    return { kind: 'call', name, operand };
  }

  function list(): RuleNode[] {
    expectSign('(');
    const options = [binaryFrom(1)];
    while (isSign(',')) {
      at++;
      options.push(binaryFrom(1));
    }
    expectSign(')');
    return options;
  }

  function path(first: string): (string | number)[] {
    const steps: (string | number)[] = [first];
    while (isSign('.') || isSign('[')) {
      const bracket = isSign('[');
      at++;
      const { kind, text } = peek();
      if (!bracket && kind === 'name') steps.push(text);
      else if (bracket && kind === 'text') steps.push(textOf(text));
      else if (bracket && kind === 'number' && /^\d+$/.test(text)) steps.push(Number(text));
      else throw unexpected();
      at++;
      if (bracket) expectSign(']');
    }
    return steps;
  }

  const root = binaryFrom(1);
  if (peek().kind !== 'end') throw unexpected();
  return root;
}

function textOf(token: string): string {
  try {
    // safe because the token begins and ends with quotes: if it is JSON at all, it is a string
    return JSON.parse(token) as string;
  } catch {
    throw new RuleSyntaxError(`The rule has a text that is not a JSON string: ${token}`);
  }
}
