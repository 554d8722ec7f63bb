/** Rules about what code reads, says and promises: environment, time, words, open ends, tables. */
import { scan } from './scan.ts';
import { isCode, isTest, lineOf } from './tree.ts';
import type { Rule, SourceFile, Violation } from './tree.ts';

interface Search {
  readonly pattern: RegExp;
  /** `%s` stands for what was found. */
  readonly message: string;
}

function found(file: SourceFile, text: string, search: Search): readonly Violation[] {
  return [...text.matchAll(search.pattern)].map((match) => ({
    path: file.path,
    line: lineOf(file.text, match.index),
    message: search.message.replace('%s', match[0].trim()),
  }));
}

export const environment: Rule = {
  name: 'process.env is read in src/config.ts only',
  check: (files) =>
    files
      .filter((file) => isCode(file) && file.path.startsWith('src/') && !isTest(file))
      .filter((file) => file.path !== 'src/config.ts')
      .flatMap((file) =>
        found(file, scan(file.text).code, {
          pattern: /\bprocess\.env\b/g,
          message: 'take it from the configuration',
        }),
      ),
};

export const purity: Rule = {
  name: 'core reads no clock and no chance',
  check: (files) =>
    files
      .filter((file) => file.path.startsWith('src/core/') && !isTest(file))
      .filter((file) => file.path !== 'src/core/clock.ts')
      .flatMap((file) =>
        found(file, scan(file.text).code, {
          pattern: /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\)|\bprocess\b|\bcrypto\b/g,
          message: '%s: time, ids and randomness enter core as values',
        }),
      ),
};

/** An open end is a promise: it names the heading of LIMITATIONS.md that tells users about it. */
export const openEnds: Rule = {
  name: 'an open end has its entry in LIMITATIONS.md',
  check: (files) => {
    const limits = files.find((file) => file.path === 'LIMITATIONS.md')?.text ?? '';
    return files.filter(isCode).flatMap((file) =>
      [...scan(file.text).comments.matchAll(/\b(?:TODO|FIXME|XXX|HACK)\b(?:\(([^)]*)\))?/g)]
        .filter((match) => match[1] === undefined || !limits.includes(match[1]))
        .map((match) => ({
          path: file.path,
          line: lineOf(file.text, match.index),
          message: `write ${match[0].slice(0, 4)}(words that stand in LIMITATIONS.md) or do it now`,
        })),
    );
  },
};

/** Where rows live when the database is sharded must be decided when a table is made, not when it is full. */
export const distributionKeys: Rule = {
  name: 'a table with a bucket or tenant names its distribution key',
  check: (files) =>
    files
      .filter((file) => /^migrations\/.*\.sql$/.test(file.path))
      .flatMap((file) =>
        [...file.text.matchAll(/create table (?:if not exists )?([\w.]+)\s*\(([\s\S]*?)\n\)/gi)]
          .filter((table) => /^\s*(?:bucket|tenant)\s/m.test(table[2] ?? ''))
          .filter((table) => !mentionsKey(file.text, table.index, table[1] ?? ''))
          .map((table) => ({
            path: file.path,
            line: lineOf(file.text, table.index),
            message: `table ${table[1]} has no comment with the words "distribution key"`,
          })),
      ),
};

/** In the comment lines right above the statement, for every table in those that open the file, or in a `comment on table` anywhere in the file. */
function mentionsKey(sql: string, offset: number, table: string): boolean {
  const before = sql.slice(0, offset).split('\n').slice(0, -1);
  const above = before.slice(before.findLastIndex((line) => !/^\s*--/.test(line)) + 1).join('\n');
  const comment = new RegExp(`comment on table ${table} is\\s+'[^;]*distribution key`, 'i');
  const inside = sql.slice(offset, sql.indexOf('\n)', offset));
  const opening = /^(?:--.*\n)*/.exec(sql)?.[0] ?? '';
  return (
    /distribution key/i.test(above + inside) ||
    comment.test(sql) ||
    /distribution key of every table/i.test(opening)
  );
}

/**
 * Words that have no place in a public project: paths of one machine, private registries, and talk about how the
 * text came to be rather than what it says. This file and its test hold the words themselves.
 */
const FORBIDDEN_WORDS: readonly RegExp[] = [
  /(?<![\w./-])\/work(?:\/|\b)/g,
  /\bA\.?I\b/g,
  /\b(?:claude|anthropic|openai|chatgpt|copilot|codex)\b|\blanguage model/gi,
  /\b(?:coding|virtual) (?:assistant|agent)s?\b|\bsub-?agents?\b/gi,
  /\bhttps?:\/\/(?:[\w-]+\.)*(?:artifactory|nexus|verdaccio|jfrog)[\w.-]*/gi,
];
const WORD_KEEPERS = /^(?:tools\/tidy\/(?:habits|planted)\.ts|package-lock\.json)$/;

export const forbiddenWords: Rule = {
  name: 'no word about the machine or the making',
  check: (files) =>
    files
      .filter((file) => !WORD_KEEPERS.test(file.path))
      .flatMap((file) =>
        FORBIDDEN_WORDS.flatMap((pattern) =>
          found(file, file.text, { pattern, message: '"%s" does not belong in the project' }),
        ),
      ),
};
