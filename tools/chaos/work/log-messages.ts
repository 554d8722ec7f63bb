/** What the proof of the log's upkeep and its worker tell one another, and what both make. */
import { type EventDraft, jsonDraftOf } from '../../../src/core/event.ts';

export const TENANT = 'kept';
export const LOG_SOURCE = '/chaos/work';
/** Events of this type stay, those of the other go after a second. */
export const LASTING_TYPE = 'chaos.lasting';
export const FADING_TYPE = 'chaos.fading';
/** The shortest there is: retention may not be shorter than the window, and a second passes between two rounds. */
export const FADING_SECONDS = 1;

export const LOG_LIMITS = {
  dedupeWindowSeconds: FADING_SECONDS,
  dedupeKeysMax: 1_000_000,
  bucketCount: 1,
  maintenance: false,
} as const;

/** In argv, as JSON. */
export interface LogWorkerConfig {
  readonly url: string;
  readonly seed: string;
  /** Number in the id of the first event: no two rounds use the same. */
  readonly firstId: number;
}

export interface Acknowledged {
  readonly id: string;
  readonly type: string;
  readonly position: string;
}

export const isAcknowledgement = (
  message: unknown,
): message is { readonly acknowledged: readonly Acknowledged[] } =>
  typeof message === 'object' && message !== null && 'acknowledged' in message;

/** The event of an id, the same whenever it is made. */
export function draftOf({ id, type }: Pick<Acknowledged, 'id' | 'type'>): EventDraft {
  const subject = `s/${Number(id.slice(2)) % 97}`;
  return jsonDraftOf({ id, source: LOG_SOURCE, type, subject }, { id });
}
