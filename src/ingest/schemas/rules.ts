/**
 * Business rules declared with a schema: expressions over the data of an event that must be true, for example
 * `total >= 0 and (length(lines) > 0 or status == "draft")`. A small language of our own, because evaluating
 * JavaScript from outside is out of the question: no names but the fields of the data, no loops, no calls but the four
 * below, so an evaluation takes at most as many steps as the expression has nodes.
 *
 *   or | and | not | == != < <= > >= | in (a, b) | + - | * / % | -x | literals, fields, ( )
 *   exists(field) · length(text or list) · lower(text) · abs(number)
 *
 * A field is `name.name[0]["any name"]`; one that is not there is null. Comparing or calculating with values of other
 * types gives null, and a rule holds only when it is exactly true: missing data never satisfies a rule by accident.
 */
import { parseRule, type RuleFunction, type RuleNode } from './rule-parser.ts';

export interface RuleDefinition {
  readonly name: string;
  readonly expression: string;
}

/** A rule ready to be asked. Errors of the expression: RuleSyntaxError. */
export function compileRule(expression: string): (data: unknown) => boolean {
  const root = parseRule(expression);
  return (data) => evaluate(root, data) === true;
}

function evaluate(node: RuleNode, data: unknown): unknown {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'field':
      return fieldOf(data, node.path);
    case 'not': {
      const value = evaluate(node.operand, data);
      return typeof value === 'boolean' ? !value : null;
    }
    case 'negate': {
      const value = evaluate(node.operand, data);
      return typeof value === 'number' ? -value : null;
    }
    case 'binary':
      return binary(node, data);
    case 'in': {
      const value = evaluate(node.operand, data);
      return node.options.some((option) => value !== null && evaluate(option, data) === value);
    }
    case 'call':
      return call(node.name, evaluate(node.operand, data));
  }
}

/** Own members only, so that no field reaches what objects inherit. */
function fieldOf(data: unknown, path: readonly (string | number)[]): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return null;
    if (Array.isArray(value) && typeof step === 'string') return null;
    // safe because the own member was just found; what it holds stays unknown
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

function binary(node: RuleNode & { kind: 'binary' }, data: unknown): unknown {
  const left = evaluate(node.left, data);
  if (node.operator === 'and') return left === true ? evaluate(node.right, data) === true : false;
  if (node.operator === 'or') return left === true ? true : evaluate(node.right, data) === true;
  const right = evaluate(node.right, data);
  if (node.operator === '==') return left === right;
  if (node.operator === '!=') return left !== right;
  if (typeof left === 'number' && typeof right === 'number')
    return ofNumbers(node.operator, left, right);
  if (typeof left === 'string' && typeof right === 'string')
    return compared(node.operator, left, right);
  return null;
}

function ofNumbers(operator: string, left: number, right: number): unknown {
  return compared(operator, left, right) ?? finite(calculate(operator, left, right));
}

function calculate(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      return left % right;
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/**
 * The order of two numbers or two texts; null for an operator that does not compare. Texts compare by code unit, so RFC
 * 3339 times in one zone compare as times; adding them is not offered.
 */
function compared<T extends number | string>(operator: string, left: T, right: T): boolean | null {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return null;
  }
}

function call(name: RuleFunction, value: unknown): unknown {
  switch (name) {
    case 'exists':
      return value !== null;
    case 'length':
      return typeof value === 'string' || Array.isArray(value) ? value.length : null;
    case 'lower':
      return typeof value === 'string' ? value.toLowerCase() : null;
    case 'abs':
      return typeof value === 'number' ? Math.abs(value) : null;
  }
}
