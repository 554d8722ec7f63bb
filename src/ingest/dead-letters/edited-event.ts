/** The event that somebody sends in place of one that was refused. */
import { Failure } from '../../core/errors.ts';

/** What the edited event is the successor of. */
export interface RefusedKey {
  /** Of the letter: it is the id of an edited event that came without a new one. */
  readonly letterId: string;
  readonly source: string;
  readonly eventId: string;
}

/**
 * JSON text of an edited event: a new event with an id of its own, whose `causationid` names the refused one; it is set
 * where it is absent. One that kept the id of the refused event gets that of the letter, so that sending it again is a
 * duplicate. Whether it is a CloudEvent at all is left to the parser that judges every received event. Numbers that a
 * double would change have to be raw text in it (exact-json.ts), so that they keep every digit.
 * Errors: EVENT_INVALID for another `causationid`.
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
  const kept = id === refused.eventId && source === refused.source;
  const own = kept ? { id: refused.letterId } : {};
  return Buffer.from(JSON.stringify({ ...event, ...own, causationid }));
}

function invalid(at: string, detail: string): Failure {
  return new Failure('EVENT_INVALID', detail, {
    errors: [{ at, message: detail, code: 'CAUSE_OTHER' }],
  });
}
