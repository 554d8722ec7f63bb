/** Writes the folder of a new module from the template, and its line in the list of modules. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renamed, type ModuleNames } from './names.ts';

const TEMPLATE = join(import.meta.dirname, 'template');
const LIST = 'src/modules/index.ts';

/** Names of the modules in the folder, listed or not. */
export function takenNames(root: string): readonly string[] {
  return readdirSync(join(root, 'src/modules'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** Returns the paths written, relative to `root`. */
export function writeModule(root: string, names: ModuleNames): readonly string[] {
  const folder = `src/modules/${names.plural.kebab}`;
  const written = readdirSync(TEMPLATE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((source) => {
      const path = join(folder, renamed(source.slice(TEMPLATE.length + 1), names));
      // The template is as deep in the tree as a module, but not within src.
      const text = readFileSync(source, 'utf8').replaceAll('../src/core/', 'core/');
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), renamed(text, names));
      return path;
    });
  writeFileSync(join(root, LIST), listed(readFileSync(join(root, LIST), 'utf8'), names));
  return [...written, LIST];
}

/** The list of modules with the new one at its end. Throws when the list does not look like one. */
export function listed(text: string, { plural }: ModuleNames): string {
  const imports = [...text.matchAll(/^import \{ \w+ \} from '\.\/[\w-]+\/index\.ts';\n/gm)].at(-1);
  const list = /(MODULES: readonly BusinessModule\[\] = \[)([^\]]*)(\];)/.exec(text);
  if (imports === undefined || list === null)
    throw new Error(`${LIST} was changed by hand: add the line of ${plural.kebab} to it yourself.`);
  const [whole, before = '', held = '', after = ''] = list;
  const members = [...held.split(',').map((name) => name.trim()), plural.camel].filter(
    (name) => name !== '',
  );
  const line = `import { ${plural.camel} } from './${plural.kebab}/index.ts';\n`;
  return text
    .replace(whole, before + members.join(', ') + after)
    .replace(imports[0], imports[0] + line);
}
