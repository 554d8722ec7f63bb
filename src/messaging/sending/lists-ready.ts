/**
 * A process that has just started may find its lists behind the log: whoever opted out or was suppressed a moment before a
 * crash is not on them yet. Nothing of a tenant is claimed before they have come as far as the log was then.
 */
import type { Logger } from '../../core/logger.ts';
import type { ReadModel } from '../../core/read-model.ts';
import type { EventLog } from '../../log/log.ts';
import type { Projections } from '../../projections/projections.ts';
import type { MessagePlace } from '../outbox/outbox-row.ts';

/** A list that is paused or filled anew must not hold up every message for good: then it is as far as it is. */
const WAIT_MS_MAX = 10_000;

/** Resolves once for each tenant; never throws. */
export type ListsReady = (place: MessagePlace) => Promise<void>;

export function createListsReady(deps: {
  readonly log: Pick<EventLog, 'head'>;
  readonly projections: Pick<Projections, 'waitFor'>;
  readonly models: readonly ReadModel[];
  readonly logger: Logger;
}): ListsReady {
  const ready = new Map<string, Promise<void>>();

  async function wait({ bucket, tenant }: MessagePlace): Promise<void> {
    const { log, projections, models, logger } = deps;
    try {
      const { position } = await log.head(bucket);
      const place = { tenant, position };
      await Promise.all(models.map((model) => projections.waitFor(model, place, WAIT_MS_MAX)));
    } catch (error) {
      logger.warn('messages are sent though lists are behind the log', { error });
    }
  }

  return (place) => {
    const known = ready.get(place.tenant) ?? wait(place);
    ready.set(place.tenant, known);
    return known;
  };
}
