/** The files beside the pages of /docs. Fonts come with the console: without it the system's own are used. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'docs-static');
const FONTS = join(import.meta.dirname, '../../node_modules/@fontsource-variable');
const FONT_FILES = {
  'inter.woff2': 'inter/files/inter-latin-wght-normal.woff2',
  'mono.woff2': 'jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
} as const;

export function docsFile(name: 'docs.css' | 'docs.js'): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

/** Undefined where the console was not installed. */
export function docsFont(name: keyof typeof FONT_FILES): Buffer | undefined {
  const path = join(FONTS, FONT_FILES[name]);
  return existsSync(path) ? readFileSync(path) : undefined;
}
