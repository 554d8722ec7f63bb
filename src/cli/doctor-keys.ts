import { ConfigError, loadConfig, type RawEnvironment } from '../config.ts';
import type { Check } from './check.ts';

/** Where the data keys of persons lie: erasing reaches into backups only when they are not in the same ones. */
export function keyStoreCheck(environment: RawEnvironment): Check {
  const name = 'key store';
  try {
    const { keys, postgres, masterKey } = loadConfig(environment);
    if (keys.kind === 'directory') {
      const found = `${keys.path}, master key ${masterKey === undefined ? 'beside it' : 'given'}`;
      return { name, result: 'ok', found };
    }
    const same = postgres.kind === 'external' && sameDatabase(keys.url, postgres.url);
    if (!same) return { name, result: 'ok', found: 'a database of its own' };
    return {
      name,
      result: 'warn',
      found: 'data keys and log are in one database',
      fix: 'Backups made before an erasure stay readable until they expire. Give COMPTOIR_KEYS_URL another database with backups of its own.',
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { name, result: 'warn', found: 'unknown', fix: 'Correct the configuration first.' };
  }
}

function sameDatabase(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)];
  const port = (url: URL): string => (url.port === '' ? '5432' : url.port);
  return a.hostname === b.hostname && port(a) === port(b) && a.pathname === b.pathname;
}
