/** `npm run new:module NAME [SINGULAR]`: a new business module that works, to be made into what it should be. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { namesOf } from './names.ts';
import { takenNames, writeModule } from './write-module.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXIT_USAGE = 2;

function run(program: string, ...words: readonly string[]): void {
  execFileSync(process.execPath, [join(ROOT, program), ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const [name, singular, ...rest] = process.argv.slice(2);
const names =
  name === undefined || rest.length > 0
    ? 'Usage: npm run new:module NAME [SINGULAR], for example: npm run new:module gift-vouchers'
    : namesOf(name, { singular, taken: takenNames(ROOT) });
if (typeof names === 'string') {
  console.error(names);
  process.exitCode = EXIT_USAGE;
} else {
  const written = writeModule(ROOT, names);
  // Names of other lengths break lines elsewhere.
  run('node_modules/prettier/bin/prettier.cjs', '--write', '--log-level', 'error', ...written);
  run('tools/docs/main.ts');
  const { plural } = names;
  console.error(`The module ${plural.kebab} is in src/modules/${plural.kebab}:

${written.map((path) => `  ${path}`).join('\n')}

It answers at /v1/${plural.kebab} after the next start; keys need the scopes ${plural.kebab}:read and
${plural.kebab}:write, which keys with the scope all have. Make it yours: README.md, events.ts, commands.ts,
state.ts and decide.ts, in this order. npm test holds it to what every module must hold.`);
}
