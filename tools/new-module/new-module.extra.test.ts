/** The generator, run as a person runs it, in a copy of the project: what it writes works at once. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
/** Everything that is checked, and nothing that is built or installed. */
const COPIED = [
  'src',
  'tools',
  'test/support',
  'docs',
  'tsconfig.json',
  'vitest.config.ts',
  'package.json',
  '.oxlintrc.json',
  '.prettierrc.json',
  '.prettierignore',
];
/** The compiler reads the whole project, on cores that others use too. */
const TIMEOUT_MS = 180_000;

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'comptoir-new-module-'));
  for (const path of COPIED) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'dir');
  // Under the options of the project, but only the modules and what they import.
  const config = {
    extends: './tsconfig.json',
    include: ['src/modules', 'test/support/global-setup.ts'],
  };
  writeFileSync(join(copy, 'tsconfig.modules.json'), JSON.stringify(config));
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

function run(program: string, ...words: readonly string[]): { status: number; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(copy, program), ...words], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status: status ?? -1, output: stdout + stderr };
}
const generate = (...words: readonly string[]) => run('tools/new-module/main.ts', ...words);
const passes = (program: string, ...words: readonly string[]) => {
  const { status, output } = run(program, ...words);
  expect(status, output).toBe(0);
};

describe('npm run new:module', () => {
  test(
    'writes a module that is formatted, lints, type-checks and passes its tests and those of all modules',
    () => {
      const { status, output } = generate('opening-hours', 'opening-hour');
      expect([status, output]).toEqual([0, expect.stringContaining('/v1/opening-hours')]);
      const folder = 'src/modules/opening-hours';
      expect(existsSync(join(copy, folder, 'read-models/opening-hour-list.ts'))).toBe(true);
      const index = readFileSync(join(copy, 'src/modules/index.ts'), 'utf8');
      expect(index).toContain("import { openingHours } from './opening-hours/index.ts';");
      const errors = readFileSync(join(copy, 'docs/reference/errors.md'), 'utf8');
      expect(errors).toContain('OPENING_HOUR_EXISTS');
      passes('node_modules/prettier/bin/prettier.cjs', '--check', folder, 'src/modules/index.ts');
      passes('node_modules/oxlint/bin/oxlint', '--deny-warnings', folder);
      passes('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.modules.json');
      passes('node_modules/vitest/vitest.mjs', 'run', '--project', 'pure', 'src/modules');
      const text = readFileSync(join(copy, folder, 'README.md'), 'utf8');
      expect(text).toContain('an opening hour');
      expect(text).not.toMatch(/sample.?thing/i);
    },
    TIMEOUT_MS,
  );

  test('refuses bad and taken names and leaves no trace', () => {
    const before = readFileSync(join(copy, 'src/modules/index.ts'), 'utf8');
    for (const [words, message] of [
      [[], /Usage: npm run new:module NAME/],
      [['a', 'b', 'c'], /Usage/],
      [['Orders'], /cannot be the name/],
      [['../orders'], /cannot be the name/],
      [['events'], /reserved/],
      [['customers'], /There is a module customers already/],
    ] as const) {
      const { status, output } = generate(...words);
      expect([words, status]).toEqual([words, 2]);
      expect(output).toMatch(message);
    }
    expect(readFileSync(join(copy, 'src/modules/index.ts'), 'utf8')).toBe(before);
  });
});
