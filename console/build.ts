/**
 * Builds the console into console/dist when what it is made of has changed; `npm start` calls it. The server runs
 * without it, so a build that fails says so and ends well.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const CONSOLE = import.meta.dirname;
const ROOT = path.dirname(CONSOLE);
const BUILT = path.join(CONSOLE, 'dist');
/** Hash of the inputs that a build was made from, inside it. */
const STAMP = 'inputs.sha256';
const INPUTS = ['console', 'src/client', 'src/contract.ts', 'src/contract-modules.ts', 'package-lock.json'];
const LEFT_OUT = /^(?:node_modules|dist.*)$|\.test\.tsx?$/;

/** True when it was built, false when what is there is fresh. */
export async function buildConsole(): Promise<boolean> {
  const wanted = inputHash();
  if (readStamp() === wanted) return false;
  const { build } = await import('vite');
  // Beside the folder that is served, so that the swap is two renames.
  const fresh = `${BUILT}.${process.pid}`;
  const old = `${fresh}.old`;
  try {
    await build({
      configFile: path.join(CONSOLE, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: fresh },
    });
    writeFileSync(path.join(fresh, STAMP), wanted);
    if (existsSync(BUILT)) renameSync(BUILT, old);
    renameSync(fresh, BUILT);
  } finally {
    for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
  }
  return true;
}

/** SHA-256 over names and contents of everything the console is made of. */
function inputHash(): string {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap((input) => filesOf(input)))
    hash.update(`${file}\0`).update(readFileSync(path.join(ROOT, file))).update('\0');
  return hash.digest('hex');
}

function filesOf(input: string): readonly string[] {
  const full = path.join(ROOT, input);
  const entries = existsSync(full) && !input.includes('.') ? readdirSync(full, { withFileTypes: true }) : null;
  if (entries === null) return existsSync(full) ? [input] : [];
  return entries
    .filter(({ name }) => !LEFT_OUT.test(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = `${input}/${entry.name}`;
      return entry.isDirectory() ? filesOf(inside) : [inside];
    });
}

function readStamp(): string | null {
  const stamp = path.join(BUILT, STAMP);
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : null;
}

if (import.meta.main) {
  const startedAt = performance.now();
  try {
    if (await buildConsole())
      console.error(`The console was built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  } catch (error) {
    console.error(`The console could not be built; the server runs without it. ${String(error)}`);
  }
}
