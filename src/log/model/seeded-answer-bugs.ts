/** Logs that break one promise about answers and command ids each: see seeded-bugs.ts. */
import type { DecidedAppend, DecidedOutcome } from '../log.ts';
import type { MemoryLog } from '../memory/memory-log.ts';
import type { Sabotage } from './seeded-bugs.ts';

export const SEEDED_ANSWER_BUGS: Readonly<Record<string, Sabotage>> = {
  'records the answer of a unit that it refuses': (log) => ({
    ...log,
    async appendDecided(append) {
      const outcome = await log.appendDecided(append);
      if (outcome.status === 'version-conflict' && append.answer)
        await log.recordAnswer(append.tenant, append.answer);
      return outcome;
    },
  }),

  'stores a unit without its answer': (log) => ({
    ...log,
    appendDecided: (append) => log.appendDecided({ ...append, answer: undefined }),
  }),

  'stores the events of a request that was answered': (log) => ({
    ...log,
    async appendDecided(append) {
      const outcome = await log.appendDecided(append);
      if (outcome.status === 'answered') await insist(log, { ...append, answer: undefined });
      return outcome;
    },
  }),

  'gives a repeated request its own answer': (log) => ({
    ...log,
    async appendDecided(append) {
      const outcome = await log.appendDecided(append);
      if (outcome.status !== 'answered' || !append.answer) return outcome;
      return { ...outcome, answer: { ...outcome.answer, ...append.answer } };
    },
  }),

  'replaces a recorded answer': (log, storage) => ({
    ...log,
    async recordAnswer(tenant, answer) {
      storage.bucketAt(log.bucketOf(tenant)).marks.answers.clear();
      return log.recordAnswer(tenant, answer);
    },
  }),

  'refuses a repeated request for its version': (log) => ({
    ...log,
    async appendDecided(append) {
      const { answer: _, commandId: __, ...bare } = append;
      const events = append.streams.map((part) => ({ ...part, events: [] }));
      const outcome = await log.appendDecided({ ...bare, streams: events });
      return outcome.status === 'version-conflict' ? outcome : log.appendDecided(append);
    },
  }),

  'appends a known command again': (log) => ({
    ...log,
    async appendDecided(append) {
      const outcome = await log.appendDecided(append);
      if (outcome.status !== 'known') return outcome;
      return insist(log, { ...append, commandId: undefined });
    },
  }),

  'forgets command ids at a restart': (log, storage) => {
    for (let bucket = 0; bucket < log.bucketCount; bucket += 1)
      storage.bucketAt(bucket).marks.commands.clear();
    return log;
  },

  'reports a known command at the head': (log) => ({
    ...log,
    async appendDecided(append) {
      const outcome = await log.appendDecided(append);
      if (outcome.status !== 'known') return outcome;
      return { ...outcome, position: (await log.head(log.bucketOf(append.tenant))).position };
    },
  }),
};

/** Appends on whatever versions the streams have. */
function insist(log: MemoryLog, append: DecidedAppend): Promise<DecidedOutcome> {
  const streams = append.streams.map((part) => ({
    ...part,
    expectedVersion: log.streamVersion(append.tenant, part.stream),
  }));
  return log.appendDecided({ ...append, streams });
}
