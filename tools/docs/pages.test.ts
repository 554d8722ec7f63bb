import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generatedPages } from './pages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = generatedPages(root);

test.each(pages)('$path is what the code makes of it (else: npm run docs)', (page) => {
  expect(readFileSync(join(root, page.path), 'utf8')).toBe(page.text);
});

test('every generated page says so in its first line and lists something', () => {
  for (const { text } of pages) {
    expect(text).toMatch(/^<!-- Generated from .* -->\n/);
    expect(text.split('\n').length).toBeGreaterThan(20);
  }
});
