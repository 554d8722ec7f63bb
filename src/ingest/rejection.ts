import { Failure, type ErrorCode } from '../core/errors.ts';

/**
 * Why one event is not stored: a plain value, because in a batch it becomes one line of the answer and an Error with
 * its stack would cost more than the event.
 */
export interface Rejection {
  readonly code: ErrorCode;
  readonly detail: string;
  /** Attribute, header or member that is at fault; empty when it is the whole event. */
  readonly at: string;
  /** The dead letter that keeps the event, where there is one. */
  readonly deadLetterId?: string;
}

export function invalid(at: string, detail: string): Rejection {
  return { code: 'EVENT_INVALID', detail, at };
}

/** The same as an error, for requests that carry one event only. */
export function failureOf(rejection: Rejection): Failure {
  const { code, detail, at, deadLetterId } = rejection;
  return new Failure(code, detail, {
    ...(at === '' ? {} : { errors: [{ at, message: detail, code: 'EVENT_PART' }] }),
    ...(deadLetterId === undefined ? {} : { extra: { deadLetterId } }),
  });
}
