/** Rules that hold documents and code together: guarantees and tests, codes and their page, decisions and their form. */
import { ERROR_TABLE } from '../../src/core/errors.ts';
import { lineOf } from './tree.ts';
import type { Rule, SourceFile, Violation } from './tree.ts';

const SPECIFICATION = 'src/log/SPEC.md';
/** Guarantees of the log, numbered without a gap. */
const GUARANTEES = 14;
const LIMITATIONS = 'LIMITATIONS.md';
const ERROR_PAGE = 'docs/reference/errors.md';
const DECISION_PARTS = ['Context', 'Options', 'Choice', 'Consequences'];

/**
 * An entry of SPEC.md reaches from its number to the next one. Tests are named in it in double quotes or backticks, by
 * title or file; at least one title of every entry must be the title of a test in the tree, and every named test file
 * must exist. A guarantee of a part that is not built yet says "**Not yet built**" instead, and LIMITATIONS.md names it.
 */
export const guaranteedByTests: Rule = {
  name: 'every guarantee names a test that exists',
  check: (files) => {
    const file = files.find((each) => each.path === SPECIFICATION);
    if (file === undefined) return [missing(SPECIFICATION)];
    const titles = testTitles(files);
    return Array.from({ length: GUARANTEES }, (_, index) => `L${index + 1}`).flatMap((number) => {
      const entry = entryOf(file.text, number);
      if (entry === undefined)
        return [{ path: file.path, line: 1, message: `${number} is missing` }];
      const line = lineOf(file.text, entry.offset);
      const unknown = testFilesIn(entry.text).filter((path) => !exists(files, path));
      const named =
        titlesIn(entry.text).some((title) => titles.has(title)) ||
        (entry.text.includes('**Not yet built**') && isLimitation(files, number));
      return [
        ...unknown.map((path) => ({
          path: file.path,
          line,
          message: `${number} names ${path}, which does not exist`,
        })),
        ...(named
          ? []
          : [{ path: file.path, line, message: `${number} names no title of a test in the tree` }]),
      ];
    });
  },
};

function isLimitation(files: readonly SourceFile[], number: string): boolean {
  const page = files.find((file) => file.path === LIMITATIONS);
  return page !== undefined && new RegExp(`\\b${number}\\b`).test(page.text);
}

function missing(path: string): Violation {
  return { path, line: 1, message: 'the file is missing' };
}

/** `L1` heads its entry: first word of a heading, a list item, a bold run or a table row. */
function entryOf(text: string, number: string): { text: string; offset: number } | undefined {
  const head = (name: string): RegExp =>
    new RegExp(`^(?:#+ |[-*] |\\| *)?(?:\\*\\*)?${name}\\b`, 'm');
  const start = head(number).exec(text)?.index;
  if (start === undefined) return undefined;
  const rest = text.slice(start + number.length + 2);
  const end = head('L\\d+').exec(rest)?.index ?? rest.length;
  return { text: text.slice(start, start + number.length + 2 + end), offset: start };
}

function titlesIn(entry: string): readonly string[] {
  const flat = entry.replaceAll(/\s*\n\s*/g, ' ');
  return [...flat.matchAll(/"([^"]+)"|`([^`]+)`|“([^”]+)”/g)].flatMap(
    (match) => match[1] ?? match[2] ?? match[3] ?? [],
  );
}

function testFilesIn(entry: string): readonly string[] {
  return [...entry.matchAll(/[\w./-]+\.test\.ts/g)].map((match) => match[0]);
}

function exists(files: readonly SourceFile[], path: string): boolean {
  return files.some((file) => file.path === path || file.path.endsWith(`/${path}`));
}

function testTitles(files: readonly SourceFile[]): ReadonlySet<string> {
  const titles = new Set<string>();
  for (const file of files) {
    if (!/\.test\.ts$|contract[\w-]*\.ts$|^test\/|^src\/log\/contract\//.test(file.path)) continue;
    for (const match of file.text.matchAll(
      /\b(?:test|it)(?:\.\w+(?:\([^)]*\))?)*\(\s*(['"`])(.+?)\1\s*,/gs,
    ))
      titles.add((match[2] ?? '').replaceAll('\\', ''));
  }
  return titles;
}

export const documentedErrors: Rule = {
  name: 'every error code has its place in the reference',
  check: (files) => {
    const page = files.find((file) => file.path === ERROR_PAGE);
    if (page === undefined) return [missing(ERROR_PAGE)];
    return Object.keys(ERROR_TABLE)
      .filter((code) => !page.text.includes(`## ${code}\n`))
      .map((code) => ({ path: ERROR_PAGE, line: 1, message: `${code} has no section` }));
  },
};

export const decisionForm: Rule = {
  name: 'a decision has context, options, choice and consequences',
  check: (files) =>
    files
      .filter((file) => file.path.startsWith('docs/decisions/'))
      .flatMap((file) => {
        const named = /^docs\/decisions\/\d{4}-[a-z0-9-]+\.md$/.test(file.path);
        const absent = DECISION_PARTS.filter((part) => !file.text.includes(`\n## ${part}\n`));
        return [
          ...(named ? [] : [{ path: file.path, line: 1, message: 'name it NNNN-title.md' }]),
          ...absent.map((part) => ({
            path: file.path,
            line: 1,
            message: `the part "${part}" is missing`,
          })),
        ];
      }),
};

/** Links between documents of the project lead somewhere. */
export const livingLinks: Rule = {
  name: 'a link between documents leads to a file',
  check: (files) =>
    files
      .filter((file) => file.path.endsWith('.md'))
      .flatMap((file) =>
        [...file.text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)]
          .filter((match) => !leads(files, file.path, match[1] ?? ''))
          .map((match) => ({
            path: file.path,
            line: lineOf(file.text, match.index),
            message: `nothing is at ${match[1]}`,
          })),
      ),
};

function leads(files: readonly SourceFile[], from: string, link: string): boolean {
  const target = new URL(link, `file:///${from}`).pathname.slice(1).replace(/\/$/, '');
  return files.some((file) => file.path === target || file.path.startsWith(`${target}/`));
}
