/** Dead letters by why they were refused, and the event that is sent in place of one. Pure. */
import type { Operations } from '../../../../src/client/client.ts';
import { memberText, withTexts } from './exact-text.ts';

export type DeadLetter = Operations['GET /v1/events/rejected']['answer']['items'][number];

export interface Group {
  readonly code: string;
  readonly count: number;
  readonly open: number;
}

/** Most frequent first. */
export function groupsOf(letters: readonly DeadLetter[]): readonly Group[] {
  const groups = Map.groupBy(letters, ({ code }) => code);
  return [...groups]
    .map(([code, members]) => ({
      code,
      count: members.length,
      open: members.filter(({ status }) => status === 'open').length,
    }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

/**
 * The event as somebody may mend it: a new one, which names the refused one as its cause. `letter` is the answer of the
 * server as text: parsed, numbers would lose digits. Errors: SyntaxError.
 */
export function mendedDraft(
  letter: string,
  { eventId, newId }: { readonly eventId: string; readonly newId: string },
): string {
  const event = memberText(letter, 'event') ?? '{}';
  return withTexts(event, { id: newId, causationid: eventId });
}

export type DraftProblem = 'json' | 'object' | 'attributes';

/** What is wrong with a mended event before it is sent; null when nothing is. */
export function problemOf(text: string): DraftProblem | null {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    return 'json';
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return 'object';
  // safe because an object has fields by name
  const attributes = event as Readonly<Record<string, unknown>>;
  const isWhole = ['specversion', 'id', 'source', 'type'].every(
    (name) => typeof attributes[name] === 'string' && attributes[name] !== '',
  );
  return isWhole ? null : 'attributes';
}

/** The body of the retry, of a text without a problem: as it was typed, digit by digit. */
export function retryBody(text: string): string {
  return `{"event":${text}}`;
}
