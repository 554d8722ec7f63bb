/**
 * Who may import what. The table of ARCHITECTURE.md, kept by a test: a folder lists what it may import, everything
 * else is a violation. Test files are exempt, because a test wires together what it tests.
 */
import { posix } from 'node:path';
import { importsOf } from './scan.ts';
import { isCode, isTest, lineOf } from './tree.ts';
import type { Rule, SourceFile, Violation } from './tree.ts';

interface Direction {
  /** Path prefixes this row speaks for; the longest prefix wins. */
  readonly from: string;
  /** Speaks for these files of the prefix only, and for them before any other row of the same prefix. */
  readonly only?: RegExp;
  /** Path prefixes it may import beside its own. */
  readonly to: readonly string[];
  /** Packages it may import; `node:` stands for everything built in. */
  readonly packages: readonly string[];
}

const BUILT_IN = 'node:';
/** Drivers of outside systems: their imports stay in src/platform. */
const DRIVERS = [
  'pg',
  'prom-client',
  'pino',
  '@opentelemetry/api',
  'tar-stream',
  'pg-boss',
  'sharp',
  'undici',
  'nodemailer',
];

/** What any folder of the server may see of PostgreSQL: the narrow port, never the driver or the pool. */
const DATABASE_PORT = 'src/platform/postgres/database.ts';
const LOG_PORT = ['src/log/log.ts', 'src/log/index.ts'];
const PORTS = ['src/core/', 'src/access/principal.ts', 'src/contract', DATABASE_PORT];

/** What routes of a module are made of. */
const MODULE_ROUTE_PORTS = [
  'src/http/route.ts',
  'src/http/moments.ts',
  'src/http/query-input.ts',
  'src/http/problem.ts',
  'src/http/modules/',
  'src/access/principal.ts',
  'src/projections/projections.ts',
  'src/pipeline/pipeline.ts',
];

const TABLE: readonly Direction[] = [
  // Schemas are part of the vocabulary: their types only, no code of the package.
  { from: 'src/core/', to: [], packages: ['typebox'] },
  { from: 'src/contract', to: ['src/core/', 'src/access/principal.ts'], packages: ['typebox'] },
  { from: 'src/config', to: ['src/core/'], packages: [BUILT_IN, 'typebox'] },
  { from: 'src/log/', to: [...PORTS, 'src/platform/'], packages: [BUILT_IN] },
  { from: 'src/access/', to: [...PORTS, ...LOG_PORT], packages: [BUILT_IN] },
  {
    from: 'src/ingest/',
    to: [...PORTS, ...LOG_PORT, 'src/platform/'],
    packages: [BUILT_IN, 'ajv', 'ajv-formats', 'typebox'],
  },
  {
    from: 'src/subscriptions/',
    to: [...PORTS, ...LOG_PORT, 'src/pipeline/pipeline.ts', 'src/platform/jobs/'],
    packages: [BUILT_IN],
  },
  { from: 'src/projections/', to: [...PORTS, ...LOG_PORT], packages: [BUILT_IN] },
  {
    from: 'src/pipeline/',
    to: [...PORTS, ...LOG_PORT],
    packages: [BUILT_IN, 'ajv', 'ajv-formats'],
  },
  {
    from: 'src/webhooks/',
    to: [...PORTS, ...LOG_PORT, 'src/subscriptions/', 'src/platform/jobs/'],
    packages: [BUILT_IN, 'ipaddr.js'],
  },
  {
    from: 'src/personal-data/',
    to: [...PORTS, ...LOG_PORT, 'src/platform/keys/'],
    packages: [BUILT_IN],
  },
  { from: 'src/blobs/', to: PORTS, packages: [BUILT_IN] },
  {
    from: 'src/documents/',
    to: [
      ...PORTS,
      'src/platform/jobs/jobs.ts',
      'src/platform/workers/',
      'src/http/deadline.ts',
      'src/http/route.ts',
      'src/http/query-input.ts',
      'src/http/security-headers.ts',
      'src/http/modules/command-headers.ts',
    ],
    packages: [BUILT_IN, 'typebox', '@hyzyla/pdfium'],
  },
  // Pages for guests and the delivery of messages stand on modules through their doors.
  {
    from: 'src/public/',
    to: [
      ...PORTS,
      ...LOG_PORT,
      ...MODULE_ROUTE_PORTS,
      'src/http/security-headers.ts',
      'src/modules/',
    ],
    // Pages know the request of the server they stand in.
    packages: [BUILT_IN, 'typebox', 'fastify'],
  },
  {
    from: 'src/messaging/',
    to: [
      ...PORTS,
      ...LOG_PORT,
      ...MODULE_ROUTE_PORTS,
      'src/modules/',
      'src/subscriptions/',
      'src/platform/',
    ],
    packages: [BUILT_IN, 'typebox'],
  },
  { from: 'src/audit/', to: PORTS, packages: [BUILT_IN] },
  { from: 'src/platform/', to: ['src/core/'], packages: [BUILT_IN, ...DRIVERS] },
  {
    from: 'src/http/',
    to: [
      ...PORTS,
      ...LOG_PORT,
      'src/access/',
      'src/ingest/',
      'src/subscriptions/',
      'src/projections/',
      'src/pipeline/',
      'src/webhooks/',
      'src/personal-data/',
      'src/audit/',
    ],
    packages: [BUILT_IN, 'fastify', '@fastify/static', 'typebox', 'ajv', 'ajv-formats'],
  },
  {
    from: 'src/cli/',
    to: [...PORTS, 'src/client/', 'src/app.ts', 'src/config', 'src/platform/', 'src/pipeline/'],
    packages: [BUILT_IN, 'csv-parse'],
  },
  { from: 'src/modules/', to: ['src/core/', 'src/modules/'], packages: ['typebox'] },
  // Routes of a module's own, its door, which names them, and the list of all of them.
  {
    from: 'src/modules/',
    only: /\/(routes[^/]*|index)\.ts$/,
    to: ['src/core/', 'src/modules/', ...MODULE_ROUTE_PORTS],
    packages: ['typebox', 'libphonenumber-js'],
  },
  // The composition root and its parts.
  { from: 'src/app', to: ['src/'], packages: [BUILT_IN] },
  { from: 'src/health.ts', to: PORTS, packages: [] },
  {
    from: 'src/demo/',
    to: [...PORTS, ...LOG_PORT, 'src/access/', 'src/pipeline/pipeline.ts', 'src/http/route.ts'],
    packages: [],
  },
  {
    from: 'src/main.ts',
    to: ['src/app.ts', 'src/config', 'src/core/', 'src/cli/'],
    packages: [BUILT_IN],
  },
  { from: 'tools/', to: ['src/contract', 'src/core/', ...LOG_PORT], packages: [BUILT_IN] },
  {
    from: 'tools/simulate/',
    to: ['src/'],
    packages: [BUILT_IN, 'typebox'],
  },
  {
    from: 'tools/smoke/',
    to: ['src/contract', 'src/core/', 'src/cli/', 'src/client/', 'src/config'],
    packages: [BUILT_IN],
  },
  // What the demo pretends and what tests pretend is one and the same.
  { from: 'tools/fake-provider/', to: ['src/platform/pretended/'], packages: [BUILT_IN] },
  // The module that a generated one is made from, and examples of finished ones: as modules are.
  { from: 'tools/new-module/template/', to: ['src/core/'], packages: ['typebox'] },
  { from: 'examples/', to: ['src/core/'], packages: ['typebox'] },
  { from: 'tools/docs/', to: ['src/', 'tools/client/', 'tools/tidy/'], packages: [BUILT_IN] },
  { from: 'tools/client/', to: ['src/'], packages: [BUILT_IN, 'prettier'] },
  {
    from: 'tools/bench/',
    to: ['src/', 'tools/simulate/', 'tools/fake-provider/', 'test/support/', 'console/build.ts'],
    packages: [BUILT_IN, 'pg', 'playwright-core'],
  },
  {
    from: 'tools/corpus/',
    to: ['src/documents/', 'src/contract', 'src/core/', 'tools/bench/', 'test/support/'],
    packages: [BUILT_IN],
  },
  {
    from: 'tools/screenshots/',
    to: ['src/demo/', 'test/support/', 'console/build.ts'],
    packages: [BUILT_IN, 'playwright-core'],
  },
  { from: 'tools/chaos/', to: ['src/', 'test/support/'], packages: [BUILT_IN] },
  {
    from: 'tools/golden/',
    to: ['src/core/', 'src/modules/', 'test/golden/', 'test/support/'],
    packages: [BUILT_IN],
  },
  { from: 'tools/extra/', to: ['test/support/'], packages: [BUILT_IN, 'vitest'] },
  // What a browser and the tools talk to the server with.
  { from: 'src/client/', to: [], packages: [] },
  {
    from: 'console/',
    to: [],
    packages: [BUILT_IN, 'vite', '@vitejs/plugin-react', '@tailwindcss/vite'],
  },
  {
    from: 'console/src/',
    to: ['src/contract', 'src/client/'],
    packages: ['react', 'react-dom', '@base-ui/react', '@tanstack', 'uplot'],
  },
  { from: 'vitest.config.ts', to: [], packages: [BUILT_IN, 'vitest'] },
];

export const directions: Rule = {
  name: 'imports follow the direction table',
  check: (files) => files.filter((file) => isCode(file) && !isTest(file)).flatMap(violationsOf),
};

function violationsOf(file: SourceFile): readonly Violation[] {
  const row = rowOf(file.path);
  if (row === undefined)
    return [
      { path: file.path, line: 1, message: 'no row of the direction table covers this file' },
    ];
  return importsOf(file.text).flatMap(({ specifier, offset }) => {
    if (mayImport(row, file.path, specifier)) return [];
    const message = `${row.from} may not import ${specifier}`;
    return [{ path: file.path, line: lineOf(file.text, offset), message }];
  });
}

function rowOf(path: string): Direction | undefined {
  return TABLE.filter(
    ({ from, only }) => path.startsWith(from) && (only === undefined || only.test(path)),
  ).reduce<Direction | undefined>(
    (best, row) => (best === undefined || isCloser(row, best) ? row : best),
    undefined,
  );
}

function isCloser(row: Direction, than: Direction): boolean {
  if (row.from.length !== than.from.length) return row.from.length > than.from.length;
  return row.only !== undefined && than.only === undefined;
}

function mayImport(row: Direction, path: string, specifier: string): boolean {
  if (!specifier.startsWith('.'))
    return row.packages.some((name) =>
      name === BUILT_IN
        ? specifier.startsWith(name)
        : specifier === name || specifier.startsWith(`${name}/`),
    );
  const target = posix.join(posix.dirname(path), specifier);
  return [row.from, ...row.to].some((prefix) => target.startsWith(prefix));
}

/** A module's folder is closed but for its index.ts. */
export const moduleDoors: Rule = {
  name: 'a module is entered through its index.ts',
  check: (files) =>
    files
      .filter((file) => isCode(file) && file.path.startsWith('src/'))
      .flatMap((file) =>
        importsOf(file.text).flatMap(({ specifier, offset }) => {
          const target = posix.join(posix.dirname(file.path), specifier);
          const name = /^src\/modules\/([^/]+)\/(?!index\.ts$)/.exec(target)?.[1];
          if (name === undefined || file.path.startsWith(`src/modules/${name}/`)) return [];
          const message = `import src/modules/${name}/index.ts, not ${target}`;
          return [{ path: file.path, line: lineOf(file.text, offset), message }];
        }),
      ),
};
