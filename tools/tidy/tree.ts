import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text file of the project; `path` is relative to its root with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One thing that a rule found; `line` counts from 1. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** A rule looks at the whole tree, because some of them compare files. */
export interface Rule {
  readonly name: string;
  readonly check: (files: readonly SourceFile[]) => readonly Violation[];
}

const SKIPPED_FOLDERS = new Set(['.git', '.comptoir', '.test-data', 'coverage', 'node_modules']);
const TEXT_ENDINGS = /\.(?:tsx?|js|json|jsonc|md|sql|css|html|svg|ya?ml|feature|tsv|sh)$/;
const PICTURES = /\.(?:webp|png)$/;
const TEXT_NAMES = new Set(['.npmrc', '.editorconfig', '.gitignore', 'LICENSE', 'run', 'comptoir']);

/** Every text file under `root` that belongs to the project, sorted by path. */
export function readTree(root: string): readonly SourceFile[] {
  const files: SourceFile[] = [];
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !isSkipped(entry.name)) pending.push(path);
      if (entry.isFile() && isText(entry.name))
        files.push({ path, text: readFileSync(join(root, path), 'utf8') });
      // Documents show pictures: they are there, and nothing in them is read.
      if (entry.isFile() && PICTURES.test(entry.name)) files.push({ path, text: '' });
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A build swaps its folder by way of names beside it, such as `dist.new`, which may go while the tree is read. */
function isSkipped(folder: string): boolean {
  return SKIPPED_FOLDERS.has(folder) || /^dist(?:\.|$)/.test(folder);
}

function isText(name: string): boolean {
  return TEXT_ENDINGS.test(name) || TEXT_NAMES.has(name);
}

/** TypeScript and JavaScript that people write, tests included. */
export function isCode(file: SourceFile): boolean {
  return /\.(?:tsx?|js)$/.test(file.path);
}

/** Files that only run under the test runner: tests, their support and the suite that every log passes. */
export function isTest(file: SourceFile): boolean {
  return (
    /\.test\.tsx?$/.test(file.path) ||
    file.path.startsWith('test/') ||
    /(?:^|[/.-])(?:fixtures?|builders)\.tsx?$/.test(file.path) ||
    /^src\/log\/(?:contract\.ts$|contract\/|model\/)/.test(file.path)
  );
}

/** Line number, from 1, of `offset` in `text`. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
}
