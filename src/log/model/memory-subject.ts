import { createStorage, type MemoryStorage } from '../memory/storage.ts';
import type { AppendFault } from '../memory/append-queue.ts';
import { openMemoryLog, type MemoryLog } from '../memory/memory-log.ts';
import type { EventLog } from '../log.ts';
import { WRITERS } from './steps.ts';
import type { AppendFaultKind, ModelLimits, ModelSubject } from './subject.ts';

const FAULTS: Readonly<Record<AppendFaultKind, AppendFault>> = {
  'not-sent': 'unavailable',
  refused: 'storage-full',
  'lost-before': 'lost-not-stored',
  'lost-after': 'lost-stored',
  'stopped-before': 'lost-not-stored',
  'stopped-after': 'lost-stored',
};

/** The memory log as the log under test; `sabotage` may put a seeded bug around each instance. */
export function openMemorySubject(
  limits: ModelLimits,
  sabotage: (log: MemoryLog, storage: MemoryStorage) => EventLog = (log) => log,
): ModelSubject {
  let nowMs = 1_700_000_000_000;
  const storage = createStorage({
    ...limits,
    clock: { nowMs: () => nowMs },
    incarnation: 'model',
  });
  const open = () => {
    const log = openMemoryLog(storage);
    return { log, face: sabotage(log, storage) };
  };
  const writers = Array.from({ length: WRITERS }, open);
  return {
    writer: (index) => writers[index]!.face,
    async restart(index) {
      await writers[index]!.log.close();
      writers[index] = open();
    },
    armFault: (index, { kind }) => writers[index]!.log.setAppendFault(FAULTS[kind]),
    recover: async () => writers.forEach(({ log }) => log.setAppendFault(null)),
    advance: (ms) => void (nowMs += ms),
    maintain: async () => {},
    async close() {
      for (const { log } of writers) await log.close();
    },
  };
}
