/** The faults that broken-server.ts can plant, by the name in its environment. */
import type { PostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import type { Database } from '../../../src/platform/postgres/database.ts';
import {
  acknowledgeBeforeCommit,
  unknownTakenForFailure,
  withoutKeys,
  withoutSynchronousCommit,
} from './database-faults.ts';
import { disordered } from './log-faults.ts';

export const FAULT_VARIABLE = 'CHAOS_FAULT';

export interface Sabotage {
  readonly database?: (database: Database) => Database;
  readonly log?: (log: PostgresLog) => PostgresLog;
}

export const SERVER_FAULTS = {
  'synchronous-commit-off': { database: withoutSynchronousCommit },
  'acknowledge-before-commit': { database: acknowledgeBeforeCommit },
  'dedupe-off': { database: withoutKeys },
  'order-broken': { log: disordered },
  'unknown-taken-for-failure': { database: unknownTakenForFailure },
} as const satisfies Record<string, Sabotage>;

export type ServerFault = keyof typeof SERVER_FAULTS;

/** The fault that the environment names. Throws when it names none. */
export function plantedFault(name: string | undefined): Sabotage {
  const found = Object.entries(SERVER_FAULTS).find(([fault]) => fault === name);
  if (found === undefined)
    throw new Error(`${FAULT_VARIABLE} must be one of ${Object.keys(SERVER_FAULTS).join(', ')}`);
  return found[1];
}
