import { posix } from 'node:path';
import { importsOf } from './scan.ts';
import { isCode, isTest, lineOf, type Rule, type SourceFile, type Violation } from './tree.ts';

interface Arrow {
  readonly to: string;
  readonly offset: number;
}

/**
 * Files that import each other in a loop cannot be read, tested or moved one without the other. Imports of types count:
 * a shape that two files share stands in a file below both. What is loaded later by `import()` does not count.
 */
export const circles: Rule = {
  name: 'imports form no circle',
  check: (files) => {
    const code = files.filter((file) => isCode(file) && !isTest(file));
    const known = new Set(code.map((file) => file.path));
    const arrows = new Map(code.map((file) => [file.path, arrowsOf(file, known)]));
    return code.flatMap((file) => circlesThrough(file, arrows));
  },
};

function arrowsOf(file: SourceFile, known: ReadonlySet<string>): readonly Arrow[] {
  return importsOf(file.text).flatMap(({ specifier, offset }) => {
    if (!specifier.startsWith('.') || isLoadedLater(file.text, offset)) return [];
    const to = posix.join(posix.dirname(file.path), specifier);
    return known.has(to) ? [{ to, offset }] : [];
  });
}

function isLoadedLater(text: string, offset: number): boolean {
  return /^import\s*\(/.test(text.slice(offset, offset + 'import ('.length + 1));
}

/** The imports of a file that lead back to it. */
function circlesThrough(
  file: SourceFile,
  arrows: ReadonlyMap<string, readonly Arrow[]>,
): readonly Violation[] {
  return (arrows.get(file.path) ?? []).flatMap(({ to, offset }) => {
    const way = wayBetween(to, file.path, arrows);
    if (way === undefined) return [];
    const message = `leads back to itself: ${way.join(' -> ')}`;
    return [{ path: file.path, line: lineOf(file.text, offset), message }];
  });
}

/** A shortest way along imports, both ends included; undefined where there is none. */
function wayBetween(
  from: string,
  to: string,
  arrows: ReadonlyMap<string, readonly Arrow[]>,
): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const at of cameFrom.keys()) {
    if (at === to) return stepsTo(to, cameFrom);
    for (const next of arrows.get(at) ?? []) if (!cameFrom.has(next.to)) cameFrom.set(next.to, at);
  }
  return undefined;
}

function stepsTo(
  end: string,
  cameFrom: ReadonlyMap<string, string | undefined>,
): readonly string[] {
  const steps: string[] = [];
  for (let at: string | undefined = end; at !== undefined; at = cameFrom.get(at)) steps.unshift(at);
  return steps;
}
