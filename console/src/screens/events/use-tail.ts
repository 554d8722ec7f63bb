/** The live tail of the explorer. Once a second at most the screen changes, and not at all while the tab is hidden. */
import { useCallback, useEffect, useState } from 'react';
import { client } from '../../api/api.ts';
import { eventWords } from '../../words/event-words.ts';
import { languageNow } from '../../words/language.ts';
import { holdsWords, type EventQuestion } from './filter-language.ts';
import type { EventJson } from './read-events.ts';
import { paused, resumed, TAIL_BEGINS, withEvents, type TailState } from './tail-state.ts';

const CHANGE_MS = 1000;

export interface Tail {
  readonly state: TailState;
  pause(): void;
  resume(): void;
}

/** Begins behind `cursor`; null keeps it closed. Another question or cursor begins anew. */
export function useTail(question: EventQuestion, cursor: string | null): Tail {
  const [state, setState] = useState<TailState>(TAIL_BEGINS);
  const key = JSON.stringify([question.query, question.words, cursor]);
  useEffect(() => {
    setState(TAIL_BEGINS);
    if (cursor === null) return undefined;
    const ended = new AbortController();
    let waiting: EventJson[] = [];
    const timer = setInterval(() => {
      if (waiting.length === 0 || document.hidden) return;
      const events = waiting;
      waiting = [];
      setState((now) => withEvents(now, events));
    }, CHANGE_MS);
    void follow({
      question,
      cursor,
      signal: ended.signal,
      onEvent: (event) => waiting.push(event),
      onState: (connection) => setState((now) => ({ ...now, connection })),
    });
    return () => {
      clearInterval(timer);
      ended.abort();
    };
    // The question is compared by what it says.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key]);
  return {
    state,
    pause: useCallback(() => setState(paused), []),
    resume: useCallback(() => setState(resumed), []),
  };
}

async function follow(tail: {
  readonly question: EventQuestion;
  readonly cursor: string;
  readonly signal: AbortSignal;
  onEvent(event: EventJson): void;
  onState(connection: TailState['connection']): void;
}): Promise<void> {
  const { question, cursor, signal } = tail;
  try {
    const messages = client.stream('GET /v1/events/tail', {
      query: { ...question.query, after: cursor },
      signal,
      onState: tail.onState,
    });
    for await (const message of messages) {
      if (message.event !== 'message') continue;
      // safe because the tail sends events of the interface
      const event = JSON.parse(message.data) as EventJson;
      const said = question.words.length === 0 ? '' : eventWords(event, languageNow());
      if (holdsWords(event, said, question.words)) tail.onEvent(event);
    }
  } catch {
    if (!signal.aborted) tail.onState('ended');
  }
}
