import type { ReadModel } from '../../core/read-model.ts';
import {
  startRowFeed,
  type FeedMember,
  type RowFeed,
  type RowFeedDependencies,
} from './row-feed.ts';

export interface RowFeeds {
  /**
   * Joins the feed of a model and tenant, started for the first member and stopped after the last. Errors: WAIT_TIMEOUT,
   * UNAVAILABLE.
   */
  join(model: ReadModel, tenant: string, member: FeedMember): Promise<JoinedFeed>;
  close(): void;
}

export interface JoinedFeed extends Pick<RowFeed, 'position' | 'since'> {
  leave(): void;
}

export function createRowFeeds(deps: RowFeedDependencies): RowFeeds {
  const feeds = new Map<string, Promise<RowFeed>>();

  function feedOf(model: ReadModel, tenant: string, id: string): Promise<RowFeed> {
    const known = feeds.get(id);
    if (known !== undefined) return known;
    const started = startRowFeed(deps, { model, tenant });
    feeds.set(id, started);
    started.catch(() => {
      if (feeds.get(id) === started) feeds.delete(id);
    });
    return started;
  }

  return {
    async join(model, tenant, member) {
      const id = `${model.name}\0${tenant}`;
      let started = feedOf(model, tenant, id);
      let feed = await started;
      // Of several who find it stopped, the first starts the next one, and the others join that.
      const forget = (): void => {
        if (feed.stopped && feeds.get(id) === started) feeds.delete(id);
      };
      while (feed.stopped) {
        forget();
        started = feedOf(model, tenant, id);
        feed = await started;
      }
      feed.join(member);
      return {
        get position() {
          return feed.position;
        },
        since: (after) => feed.since(after),
        leave() {
          feed.leave(member);
          forget();
        },
      };
    },
    close() {
      for (const started of feeds.values())
        void started.then(
          (feed) => feed.stop(),
          () => {},
        );
      feeds.clear();
    },
  };
}
