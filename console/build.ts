/**
 * Builds the console into console/dist when what it is made of has changed; `npm start` calls it. The server runs
 * without it, so a build that fails says so and ends well.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { constants, gzipSync } from 'node:zlib';

const CONSOLE = import.meta.dirname;
const ROOT = path.dirname(CONSOLE);
const BUILT = path.join(CONSOLE, 'dist');
/** Hash of the inputs that a build was made from, inside it. */
const STAMP = 'inputs.sha256';
/** How long files of an earlier build stay: the longest that a console is left open without being loaded again. */
const KEPT_MS = 24 * 3600 * 1000;
const INPUTS = [
  'console',
  'src/client',
  'src/contract.ts',
  'src/contract-modules.ts',
  'package-lock.json',
];
/** Fonts and pictures are packed in themselves. */
const PACKED = /\.(?:js|css)$/;
const LEFT_OUT = /^(?:node_modules|dist.*)$|\.test\.tsx?$/;

/** True when it was built, false when what is there is fresh. */
export async function buildConsole(): Promise<boolean> {
  const wanted = inputHash();
  if (readStamp() === wanted) return false;
  // Beside the folder that is served, so that the swap is two renames.
  const fresh = `${BUILT}.${process.pid}`;
  const old = `${fresh}.old`;
  try {
    await buildInto(fresh);
    writeFileSync(path.join(fresh, STAMP), wanted);
    keepAssets(path.join(BUILT, 'assets'), path.join(fresh, 'assets'));
    if (existsSync(BUILT)) renameSync(BUILT, old);
    renameSync(fresh, BUILT);
  } finally {
    for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
  }
  return true;
}

/** Builds whatever is there into a folder of its own, whether or not that is needed. */
export async function buildInto(folder: string): Promise<void> {
  const { build } = await import('vite');
  await asProduction(() =>
    build({
      configFile: path.join(CONSOLE, 'vite.config.ts'),
      // Bundled, it would be written into node_modules first, which may belong to somebody else.
      configLoader: 'native',
      logLevel: 'warn',
      build: { outDir: folder, emptyOutDir: true },
    }),
  );
  packAssets(path.join(folder, 'assets'));
}

/** A NODE_ENV that is set, as test runners do, would have React's development build packed: 50 kB more. */
async function asProduction<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

/** Packed once here, so that the server never packs while it serves. */
function packAssets(folder: string): void {
  for (const name of readdirSync(folder).filter((each) => PACKED.test(each))) {
    const file = path.join(folder, name);
    writeFileSync(
      `${file}.gz`,
      gzipSync(readFileSync(file), { level: constants.Z_BEST_COMPRESSION }),
    );
  }
}

/**
 * Takes over files of earlier builds: a server that runs serves the page of its start, and a console that is open loads
 * its screens when they are first opened. Their names carry a hash of their content, so nothing meets.
 */
function keepAssets(from: string, to: string): void {
  if (!existsSync(from)) return;
  const oldestMs = Date.now() - KEPT_MS;
  for (const name of readdirSync(from)) {
    const [old, fresh] = [path.join(from, name), path.join(to, name)];
    const { atime, mtime } = statSync(old);
    if (mtime.getTime() < oldestMs || existsSync(fresh)) continue;
    copyFileSync(old, fresh);
    utimesSync(fresh, atime, mtime);
  }
}

/** SHA-256 over names and contents of everything the console is made of. */
function inputHash(): string {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap((input) => filesOf(input)))
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(ROOT, file)))
      .update('\0');
  return hash.digest('hex');
}

function filesOf(input: string): readonly string[] {
  const full = path.join(ROOT, input);
  const entries =
    existsSync(full) && !input.includes('.') ? readdirSync(full, { withFileTypes: true }) : null;
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
      console.error(
        `The console was built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`,
      );
  } catch (error) {
    console.error(`The console could not be built; the server runs without it. ${String(error)}`);
  }
}
