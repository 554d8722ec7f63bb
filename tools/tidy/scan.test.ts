import { expect, test } from 'vitest';
import { importsOf, scan } from './scan.ts';

test('comments and the insides of strings are not code', () => {
  const { code, comments } = scan("const a = 'x as any'; // TODO as\nconst b = 1;");
  expect(code).not.toContain('any');
  expect(comments).toContain('TODO as');
  expect(code).toContain('const b = 1;');
});

test('code inside a template expression is code, the template around it is not', () => {
  const { code } = scan('const s = `select as ${{ a: `n${first}` }.a} from t`; last();');
  expect(code).toContain('first');
  expect(code).not.toContain('select');
  expect(code).not.toContain('from');
  expect(code).toContain('last()');
});

test('a quote inside a regular expression opens no string', () => {
  const { code } = scan('const r = /[\'"/`]/g; const after = a / b;');
  expect(code).toContain('const after = a / b;');
});

test('every form of import is found once', () => {
  const text = [
    "import { a } from './a.ts';",
    "import type { B } from 'b';",
    "import './side.ts';",
    "export { c } from './c.ts';",
    "export * from './d.ts';",
    "const e = await import('./e.ts');",
    "// import { f } from './f.ts';",
    "const text = `import { g } from './g.ts'`;",
    'import {\n  h,\n} from "./h.ts";',
  ].join('\n');
  expect(importsOf(text).map((each) => each.specifier)).toEqual([
    './a.ts',
    'b',
    './side.ts',
    './c.ts',
    './d.ts',
    './e.ts',
    './h.ts',
  ]);
});
