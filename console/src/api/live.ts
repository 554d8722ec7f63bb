/** Server-sent events for screens: coalesced to one change a second, silent while the tab is hidden. */
import { useEffect, useEffectEvent } from 'react';
import type { Arguments, Operation } from '../../../src/client/client.ts';
import { client } from './api.ts';
import { queries } from './api.ts';

/** A screen changes at most once a second, however much happens. */
const CHANGE_MS = 1000;

export interface LiveMessage {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/**
 * Follows a live feed while the screen is shown. `onMessages` gets what gathered within a second, oldest first. After a
 * loss of the connection it resumes behind the last message.
 */
export function useLive<Op extends Operation & `GET ${string}`>(
  operation: Op,
  args: Arguments<Op>,
  {
    enabled = true,
    onMessages,
  }: { readonly enabled?: boolean; onMessages(messages: readonly LiveMessage[]): void },
): void {
  const deliver = useEffectEvent(onMessages);
  const key = JSON.stringify(args);
  useEffect(() => {
    if (!enabled) return undefined;
    const ended = new AbortController();
    let waiting: LiveMessage[] = [];
    const timer = setInterval(() => {
      if (waiting.length === 0 || document.hidden) return;
      const messages = waiting;
      waiting = [];
      deliver(messages);
    }, CHANGE_MS);
    void (async () => {
      for await (const message of client.stream(operation, { ...args, signal: ended.signal }))
        waiting.push({ ...message, data: parsed(message.data) });
    })().catch(() => undefined);
    return () => {
      clearInterval(timer);
      ended.abort();
    };
    // The arguments are compared by what they say.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [operation, key, enabled]);
}

/** Reads the given operations again whenever the feed says that something changed. */
export function useLiveRefresh<Op extends Operation & `GET ${string}`>(
  operation: Op,
  args: Arguments<Op>,
  again: readonly Operation[],
): void {
  useLive(operation, args, {
    onMessages: () => {
      void queries.invalidateQueries({
        // safe because every key of useRead begins with its operation
        predicate: ({ queryKey }) => again.includes(queryKey[0] as Operation),
      });
    },
  });
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
