/** The event that somebody sends in place of one that was refused. */
import { Failure } from '../../core/errors.ts';

/** What the edited event is the successor of. */
export interface RefusedKey {
  /** Of the letter: it is the id of an edited event that came without a new one. */
  readonly letterId: string;
  readonly source: string;
  readonly eventId: string;
}

/** Bodies of requests are not read deeper than this. */
const DEPTH_MAX = 64;

/**
 * JSON text of an edited event: a new event with an id of its own, whose `causationid` names the refused one; it is set
 * where it is absent. One that kept the id of the refused event gets that of the letter, so that sending it again is a
 * duplicate. Whether it is a CloudEvent at all is left to the parser that judges every received event.
 * Errors: EVENT_INVALID for another `causationid`, and an integer beyond 2^53, whose digits were lost when the request
 * was read as JSON.
 */
export function editedEventText(refused: RefusedKey, event: object): Buffer {
  const {
    id,
    source,
    causationid = refused.eventId,
  }: Readonly<Record<string, unknown>> = {
    ...event,
  };
  if (causationid !== refused.eventId)
    throw invalid('causationid', 'It names the refused event, or is left out.');
  if (hasLostDigits(event, 0))
    throw invalid(
      'data',
      'An integer beyond 2^53 would lose digits here: send this event to POST /v1/events.',
    );
  const kept = id === refused.eventId && source === refused.source;
  const own = kept ? { id: refused.letterId } : {};
  return Buffer.from(JSON.stringify({ ...event, ...own, causationid }));
}

function hasLostDigits(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) return false;
  return Object.values(value).some((member) => hasLostDigits(member, depth + 1));
}

function invalid(at: string, detail: string): Failure {
  return new Failure('EVENT_INVALID', detail, { errors: [{ at, message: detail }] });
}
