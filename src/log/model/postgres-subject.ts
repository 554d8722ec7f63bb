import { testDatabase } from '../../../test/support/database.ts';
import { DatabaseError } from '../../platform/postgres/database.ts';
import { openPostgresLog } from '../postgres/postgres-log.ts';
import { WRITERS } from './steps.ts';
import type { AppendFaultKind, ModelLimits, ModelSubject } from './subject.ts';

type PostgresLog = Awaited<ReturnType<typeof openPostgresLog>>;

interface Writer {
  readonly log: PostgresLog;
  /** Set once a fault has begun to stop the instance. */
  stopping: Promise<void> | null;
}

/** SQLSTATE disk_full: the server is well and stored nothing. */
const DISK_FULL = '53100';

/** Three instances of the PostgreSQL log on one fresh database, with faults around their append statement. */
export async function openPostgresSubject(limits: ModelLimits): Promise<ModelSubject> {
  const { database, drop } = await testDatabase();
  const armed = new Map<number, { kind: AppendFaultKind; times: number }>();

  async function open(index: number): Promise<Writer> {
    const strike = (kinds: readonly AppendFaultKind[]): void => {
      const fault = armed.get(index);
      if (fault === undefined || fault.times === 0 || !kinds.includes(fault.kind)) return;
      fault.times -= 1;
      if (fault.kind.startsWith('stopped')) writer.stopping ??= log.close();
      throw errorOf(fault.kind);
    };
    const log = await openPostgresLog({
      ...limits,
      database,
      faults: {
        beforeAppend: async () => strike(['not-sent', 'refused', 'lost-before', 'stopped-before']),
        afterAppend: async () => strike(['lost-after', 'stopped-after']),
      },
    });
    const writer: Writer = { log, stopping: null };
    return writer;
  }

  const writers: Writer[] = [];
  for (let index = 0; index < WRITERS; index += 1) writers.push(await open(index));

  async function restart(index: number): Promise<void> {
    await writers[index]!.log.close();
    writers[index] = await open(index);
  }

  return {
    writer: (index) => writers[index]!.log,
    restart,
    armFault: (index, { kind, times }) => void armed.set(index, { kind, times }),
    async recover() {
      armed.clear();
      for (const [index, { stopping }] of writers.entries()) {
        await stopping;
        if (stopping !== null) await restart(index);
      }
    },
    // The database's clock is the machine's: windows of this log either never end in a test or have ended at once.
    advance() {},
    async maintain() {
      for (const { log } of writers) await log.maintain();
    },
    async close() {
      for (const { log } of writers) await log.close();
      await drop();
    },
  };
}

function errorOf(kind: AppendFaultKind): DatabaseError {
  if (kind === 'refused')
    return new DatabaseError('server', 'could not extend file', { sqlstate: DISK_FULL });
  if (kind === 'not-sent') return new DatabaseError('not-sent', 'no connection could be had');
  return new DatabaseError('lost', 'the connection broke');
}
