/** States of senders, templates and campaigns for a moment: a slice of messages asks for the same few. */
import type { Clock } from '../../core/clock.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';

/** What a person changes, such as to pause a campaign, counts for messages claimed so long afterwards. */
const KEPT_MS = 500;
const STATES_MAX = 1_000;

export interface StateCache {
  load(of: {
    readonly tenant: string;
    readonly category: string;
    readonly id: string;
  }): Promise<unknown>;
}

export function createStateCache(pipeline: Pick<Pipeline, 'load'>, clock: Clock): StateCache {
  const held = new Map<string, { readonly untilMs: number; readonly state: Promise<unknown> }>();
  return {
    load({ tenant, category, id }) {
      const key = `${tenant}\0${category}\0${id}`;
      const nowMs = clock.nowMs();
      const known = held.get(key);
      if (known !== undefined && known.untilMs > nowMs) return known.state;
      if (held.size >= STATES_MAX) held.clear();
      const state = pipeline.load(tenant, category, id).then((loaded) => loaded.state);
      held.set(key, { untilMs: nowMs + KEPT_MS, state });
      // A failure is not kept.
      state.catch(() => held.delete(key));
      return state;
    },
  };
}

/** The same without keeping anything: as the log has them now. */
export function createUncachedStates(pipeline: Pick<Pipeline, 'load'>): StateCache {
  return {
    load: async ({ tenant, category, id }) => (await pipeline.load(tenant, category, id)).state,
  };
}
