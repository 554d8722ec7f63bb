/** What the demo needs of messages beyond commands: whoever puts the server together gives it. */

type Of<Type extends string, Data> = { readonly type: Type; readonly data: Data };
interface About {
  readonly messageId: string;
}

/** Facts as the module `messages` knows them: what became of a message. */
export type DemoFact =
  | Of<'MessageAccepted', About & { readonly attempt: number; readonly providerId: null }>
  | Of<'MessageSent' | 'MessageDelivered' | 'MessageRead', About>
  | Of<'MessageDropped', About & { readonly reason: string }>
  | Of<
      'MessageFailed',
      About & { readonly class: string; readonly code: string; readonly detail: string }
    >;

export interface NotedFacts {
  readonly messageId: string;
  readonly facts: readonly DemoFact[];
  /** Tells these facts from others of the same kind on the same message. */
  readonly once: string;
  /** RFC 3339: when it happened. */
  readonly at: string;
}

export interface Correspondence {
  readonly channel: 'whatsapp' | 'email';
  readonly senderId: string;
  readonly address: string;
}

export interface Post {
  /** Ids of the conversation and of the suppression of an address, which are keyed hashes. */
  idsOf(
    of: Correspondence,
  ): Promise<{ readonly conversationId: string; readonly suppressionId: string }>;
  /** Appends them to the messages' streams; repeated, nothing is stored twice. */
  note(facts: readonly NotedFacts[]): Promise<void>;
}

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** 131026 of the Cloud API. */
const NOT_REACHED = {
  class: 'recipient',
  code: '131026',
  detail: 'The message cannot be delivered to this recipient.',
};

/** Of an e-mail nobody hears more than `accepted`. */
export type Outcome = 'accepted' | 'sent' | 'delivered' | 'read' | 'failed' | 'dropped';

/** What a message that left at `atMs` and came so far has on its stream. */
export function factsOf(
  messageId: string,
  {
    outcome,
    atMs,
    readAfterMs = MINUTE_MS,
  }: {
    readonly outcome: Outcome;
    readonly atMs: number;
    readonly readAfterMs?: number;
  },
): readonly NotedFacts[] {
  const noted = (fact: DemoFact, afterMs: number): NotedFacts => ({
    messageId,
    facts: [fact],
    once: 'demo',
    at: new Date(atMs + afterMs).toISOString(),
  });
  if (outcome === 'dropped')
    return [noted({ type: 'MessageDropped', data: { messageId, reason: 'no-consent' } }, 0)];
  const accepted = { messageId, attempt: 1, providerId: null };
  const first = noted({ type: 'MessageAccepted', data: accepted }, 300);
  if (outcome === 'failed')
    return [first, noted({ type: 'MessageFailed', data: { messageId, ...NOT_REACHED } }, 2_000)];
  if (outcome === 'accepted') return [first];
  const data = { messageId };
  return [
    first,
    noted({ type: 'MessageSent', data }, 900),
    ...(outcome === 'sent' ? [] : [noted({ type: 'MessageDelivered', data }, 4_000)]),
    ...(outcome === 'read' ? [noted({ type: 'MessageRead', data }, readAfterMs)] : []),
  ];
}
