/** Rules about package-lock.json, which `npm ci` on a bare machine has to accept. */
import { lineOf } from './tree.ts';
import type { Rule } from './tree.ts';

const LOCKFILE = 'package-lock.json';
const PUBLIC_REGISTRY = 'https://registry.npmjs.org/';

export const lockfileSources: Rule = {
  name: 'the lockfile names the public registry or none',
  check: (files) =>
    files
      .filter((file) => file.path === LOCKFILE)
      .flatMap((file) =>
        [...file.text.matchAll(/"resolved": "(?!console")([^"]+)"/g)]
          .filter((match) => !(match[1] ?? '').startsWith(PUBLIC_REGISTRY))
          .map((match) => ({
            path: file.path,
            line: lineOf(file.text, match.index),
            message: 'a package comes from elsewhere than the public registry',
          })),
      ),
};

/**
 * Tools with native parts list a package for every platform as optional. `npm install` leaves out of the lockfile what
 * the registry at hand did not have, and then `npm ci` refuses the lockfile on every machine.
 */
export const lockfileComplete: Rule = {
  name: 'the lockfile has an entry for every optional package',
  check: (files) =>
    files
      .filter((file) => file.path === LOCKFILE)
      .flatMap((file) =>
        [...file.text.matchAll(/"optionalDependencies": \{([^}]*)\}/g)].flatMap((list) =>
          [...(list[1] ?? '').matchAll(/"([^"]+)": "[^"]+"/g)]
            .filter((match) => !file.text.includes(`"node_modules/${match[1]}": {`))
            .map((match) => ({
              path: file.path,
              line: lineOf(file.text, list.index),
              message: `${match[1]} has no entry, so npm ci refuses the lockfile`,
            })),
        ),
      ),
};
