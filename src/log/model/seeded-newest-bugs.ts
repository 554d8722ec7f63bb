/** Logs that break one promise each about listings newest first: see seeded-bugs.ts. */
import type { Sabotage } from './seeded-bugs.ts';

export const SEEDED_NEWEST_BUGS: Readonly<Record<string, Sabotage>> = {
  'ends a search for the newest too early': (log) => ({
    ...log,
    findNewest: async (query) => ({ ...(await log.findNewest(query)), more: false }),
  }),

  'skips an event between two pages of the newest': (log) => ({
    ...log,
    async findNewest(query) {
      const page = await log.findNewest(query);
      return page.more ? { ...page, nextBefore: page.nextBefore - 1n } : page;
    },
  }),

  'shows an event of two pages of the newest twice': (log) => ({
    ...log,
    async findNewest(query) {
      const page = await log.findNewest(query);
      return page.events.length > 1 ? { ...page, nextBefore: page.nextBefore + 1n } : page;
    },
  }),

  'lists the newest from the wrong end': (log) => ({
    ...log,
    async findNewest(query) {
      const page = await log.findNewest(query);
      return { ...page, events: page.events.toReversed() };
    },
  }),

  'lists the newest inclusive of where it begins': (log) => ({
    ...log,
    findNewest: (query) => log.findNewest({ ...query, before: query.before + 1n }),
  }),

  'begins the newest behind the end of a time range': (log) => ({
    ...log,
    findNewest: (query) => log.findNewest({ ...query, toMicros: undefined }),
  }),
};
