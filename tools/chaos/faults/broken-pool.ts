/** Stands in for src/platform/postgres/pool.ts inside broken-server.ts. */
import type { Database, DatabaseOptions } from '../../../src/platform/postgres/database.ts';
import { openDatabase as openReal } from '../../../src/platform/postgres/pool.ts';
import { FAULT_VARIABLE, plantedFault } from './broken-server-faults.ts';

export function openDatabase(options: DatabaseOptions): Database {
  const database = openReal(options);
  return plantedFault(process.env[FAULT_VARIABLE]).database?.(database) ?? database;
}
