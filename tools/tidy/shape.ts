/** Rules about the form of files: length, names, exports, casts. Sources: STYLE of CONTRIBUTING.md. */
import { basename } from 'node:path';
import { scan } from './scan.ts';
import { isCode, isTest, lineOf } from './tree.ts';
import type { Rule, SourceFile, Violation } from './tree.ts';

/** A screen holds about 50 lines: past eight screens nobody keeps a file in mind. */
const LINES_MAX = 400;
/** Tests repeat set-up on purpose, so they get more room. */
const TEST_LINES_MAX = 600;
const LINES_MEDIAN_MAX = 120;
const LINES_P90_MAX = 300;

const FORBIDDEN_NAMES = /^(?:utils?|helpers?|common|misc|manager|base)$/;
/** Configuration files whose reader asks for a default export. */
const DEFAULT_EXPORT_FILES = /(?:^|\/)(?:vitest\.config\.ts|vite\.config\.ts|global-setup\.ts)$/;

function isGenerated(file: SourceFile): boolean {
  return /generated/i.test(file.text.slice(0, file.text.indexOf('\n')));
}

function linesOf(file: SourceFile): number {
  return file.text.split('\n').length - 1;
}

function measured(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.filter(
    (file) => isCode(file) && /^(?:src|console|tools|test)\//.test(file.path) && !isGenerated(file),
  );
}

export const fileLength: Rule = {
  name: 'a file fits its limit of lines',
  check: (files) =>
    measured(files).flatMap((file) => {
      const max = isTest(file) ? TEST_LINES_MAX : LINES_MAX;
      if (linesOf(file) <= max) return [];
      const message = `${linesOf(file)} lines, at most ${max}: split it by what changes together`;
      return [{ path: file.path, line: max, message }];
    }),
};

export const lengthSpread: Rule = {
  name: 'most files are short',
  check: (files) => {
    const lengths = measured(files)
      .filter((file) => !isTest(file) && !file.path.startsWith('test/'))
      .map(linesOf)
      .sort((a, b) => a - b);
    const at = (share: number): number => lengths[Math.floor((lengths.length - 1) * share)] ?? 0;
    const found: Violation[] = [];
    if (at(0.5) >= LINES_MEDIAN_MAX)
      found.push({
        path: 'src',
        line: 1,
        message: `median of ${at(0.5)} lines, below ${LINES_MEDIAN_MAX} wanted`,
      });
    if (at(0.9) >= LINES_P90_MAX)
      found.push({
        path: 'src',
        line: 1,
        message: `90th percentile of ${at(0.9)} lines, below ${LINES_P90_MAX} wanted`,
      });
    return found;
  },
};

export const forbiddenNames: Rule = {
  name: 'no file or folder is a drawer for leftovers',
  check: (files) =>
    files.flatMap((file) => {
      const drawer = file.path
        .split('/')
        .flatMap((part) => basename(part).split('.')[0] ?? [])
        .find((part) => FORBIDDEN_NAMES.test(part));
      if (drawer === undefined) return [];
      return [
        {
          path: file.path,
          line: 1,
          message: `the name "${drawer}" says nothing; name what it holds`,
        },
      ];
    }),
};

export const namedExports: Rule = {
  name: 'exports are named and listed',
  check: (files) =>
    files
      .filter(isCode)
      .flatMap((file) => [
        ...matches(
          file,
          /\bexport\s*\*/g,
          '`export *` hides what a door lets through: list the names',
        ),
        ...(DEFAULT_EXPORT_FILES.test(file.path)
          ? []
          : matches(file, /\bexport\s+default\b/g, 'export it by name')),
      ]),
};

/**
 * `as` and `any` switch the compiler off, so the reason stands on the line itself or in the comment right above the
 * statement. `as const` and `as unknown` weaken nothing; renames in import and export lists are no casts.
 */
export const explainedCasts: Rule = {
  name: 'a cast says why it is safe',
  check: (files) =>
    files
      .filter((file) => /\.tsx?$/.test(file.path) && !isTest(file))
      .flatMap((file) => {
        const code = withoutLists(scan(file.text).code);
        return [...code.matchAll(CAST)].flatMap((match) => {
          const line = lineOf(file.text, match.index);
          if (explained(file.text, line)) return [];
          return [
            { path: file.path, line, message: 'a comment that begins "safe because" is missing' },
          ];
        });
      }),
};

const CAST = /\bas\s+(?!const\b|unknown\b)[\w{([<'"`]|(?<=[:<,|&(]\s*)\bany\b(?!\s*:)|\bany\[\]/g;
/** The comment stands at most this many lines above: a statement of a few lines may carry one reason. */
const REASON_LINES = 4;

function withoutLists(code: string): string {
  return code.replaceAll(/\b(?:import|export)\s+(?:type\s+)?(?:\*\s+as\s+\w+|\{[^}]*\})/g, (list) =>
    list.replaceAll(/[^\n]/g, ' '),
  );
}

function explained(text: string, line: number): boolean {
  const lines = text.split('\n').slice(Math.max(0, line - 1 - REASON_LINES), line);
  return /safe because/i.test(lines.join('\n'));
}

function matches(file: SourceFile, pattern: RegExp, message: string): readonly Violation[] {
  return [...scan(file.text).code.matchAll(pattern)].map((match) => ({
    path: file.path,
    line: lineOf(file.text, match.index),
    message,
  }));
}
