/**
 * A gate that reads nothing passes for ever. Each tool of `npm run check` runs here with the project's own
 * configuration over a folder with planted faults, and must name every one of them.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'comptoir-gates-'));

const LINES_TOO_MANY = Array.from({ length: 61 }, () => '  call();').join('\n');

const FILES: Readonly<Record<string, string>> = {
  'package.json':
    '{ "type": "module", "scripts": { "start": "node src/main.ts" }, "dependencies": { "pg": "8" } }',
  'src/main.ts': "import { used } from './found.ts';\nimport './planted.ts';\n\nused();\n",
  'src/found.ts': 'export function used(): void {}\nexport function forgotten(): void {}\n',
  'src/nobody.ts': 'export const alone = 1;\n',
  'src/types.ts': 'export const first = (list: string[]): string => list[0];\n',
  'src/Bad_Name.ts': 'export const name = 1;\n',
  'src/cycle-one.ts': "import { two } from './cycle-two.ts';\nexport const one = () => two;\n",
  'src/cycle-two.ts': "import { one } from './cycle-one.ts';\nexport const two = () => one;\n",
  'src/planted.ts': `import { Kind } from './kind.ts';
declare function call(): void;
async function work(): Promise<void> {}
export default function four(a: number, b: number, c: number, d: any): number {
  work();
  return a + b + c + d!;
}
export function partial(kind: Kind): number {
  switch (kind) {
    case 'a':
      return 1;
  }
  return 0;
}
export function long(): void {
${LINES_TOO_MANY}
}
`,
  'src/kind.ts': "export type Kind = 'a' | 'b';\n",
};

const RULES = [
  'no-floating-promises',
  'switch-exhaustiveness-check',
  'consistent-type-imports',
  'no-explicit-any',
  'no-non-null-assertion',
  'no-default-export',
  'no-cycle',
  'max-params',
  'max-lines-per-function',
  'filename-case',
];

beforeAll(() => {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const name of ['.oxlintrc.json', 'tsconfig.json', 'knip.json', '.prettierrc.json'])
    copyFileSync(join(root, name), join(folder, name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(script: string, args: readonly string[]): { output: string; status: number | null } {
  const program = join(root, 'node_modules', script);
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { output: stdout + stderr, status };
}

test('the linter catches a planted fault of every rule that the style rests on', () => {
  const { output, status } = run('oxlint/bin/oxlint', ['--deny-warnings']);
  for (const rule of RULES) expect.soft(output).toContain(`(${rule})`);
  expect(status).not.toBe(0);
});

test('the type checker is strict about what an index may give', () => {
  const { output, status } = run('typescript/bin/tsc', ['--noEmit', '-p', '.']);
  expect(output).toMatch(/src\/types\.ts\(1,\d+\): error TS2322/);
  expect(status).not.toBe(0);
});

test('an unused file, export and dependency are found', () => {
  const { output, status } = run('knip/bin/knip.js', []);
  for (const fault of ['src/nobody.ts', 'forgotten', 'pg']) expect.soft(output).toContain(fault);
  expect(status).not.toBe(0);
});

test('the formatter refuses what it would write otherwise', () => {
  writeFileSync(join(folder, 'src/ugly.ts'), 'export const a  = "b"\n');
  const { output, status } = run('prettier/bin/prettier.cjs', ['--check', '.']);
  expect(output).toContain('src/ugly.ts');
  expect(status).not.toBe(0);
});
