/**
 * The tree keeps its own rules. Each rule is run twice: over the tree, where it must find nothing, and over a planted
 * violation, which it must catch at the right place. A rule that stopped seeing anything fails the second half.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { PLANTED } from './planted.ts';
import { RULES } from './rules.ts';
import { readTree } from './tree.ts';

const tree = readTree(fileURLToPath(new URL('../..', import.meta.url)));

test('the tree is read, with its server, tools and documents', () => {
  const paths = new Set(tree.map((file) => file.path));
  for (const path of ['src/core/errors.ts', 'tools/tidy/tidy.test.ts', 'README.md', 'package.json'])
    expect(paths).toContain(path);
});

describe('in this tree', () => {
  test.each(RULES)('$name', (rule) => {
    const lines = rule.check(tree).map((each) => `${each.path}:${each.line} ${each.message}`);
    expect(lines).toEqual([]);
  });
});

describe('a planted violation is caught', () => {
  test.each(RULES)('$name', (rule) => {
    const planted = PLANTED[rule.name] ?? [];
    expect(planted.length).toBeGreaterThan(0);
    for (const { bad, good, at } of planted) {
      expect(rule.check(bad).map((each) => `${each.path}:${each.line}`)).toContain(at);
      expect(rule.check(good)).toEqual([]);
    }
  });
});
