/** Stands in for src/log/postgres/postgres-log.ts inside broken-server.ts. */
import {
  openPostgresLog as openReal,
  type PostgresLog,
  type PostgresLogOptions,
} from '../../../src/log/postgres/postgres-log.ts';
import { FAULT_VARIABLE, plantedFault } from './broken-server-faults.ts';

export async function openPostgresLog(options: PostgresLogOptions): Promise<PostgresLog> {
  const log = await openReal(options);
  return plantedFault(process.env[FAULT_VARIABLE]).log?.(log) ?? log;
}
