/**
 * The server with one planted fault, for negative controls. The server's own code holds no switch for it: when the
 * composition root asks for the database pool or for the log, a module of this folder answers that spoils what the real one gives.
 */
import { registerHooks } from 'node:module';

const STAND_INS: Readonly<Record<string, URL>> = {
  './platform/postgres/pool.ts': new URL('./broken-pool.ts', import.meta.url),
  './log/postgres/postgres-log.ts': new URL('./broken-log.ts', import.meta.url),
};

registerHooks({
  resolve(specifier, context, next) {
    const isApp = /\/src\/app(-storage)?\.ts$/.test(context.parentURL ?? '');
    return next((isApp ? STAND_INS[specifier]?.href : undefined) ?? specifier, context);
  },
});

await import('../../../src/main.ts');
