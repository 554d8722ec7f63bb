/** What the time machine reads: the newest version, the state at one, and the events around it. */
import type { CallFailed, Operations } from '../../../../src/client/client.ts';
import { useRead } from '../../api/api.ts';
import type { StreamName } from '../events/event-places.ts';
import type { EventJson } from '../events/read-events.ts';
import type { StateChange } from './state-rows.ts';

/** A part of a long story is enough around the shown version; the slider leads to every other. */
export const PAGE_EVENTS = 100;

export type StreamState = Operations['GET /v1/streams/{category}/{id}/state']['answer'];

export interface StreamRead {
  /** null where the stream is of no module, or its state may not be read. */
  readonly newest: number | null;
  readonly state: StreamState | null;
  readonly isForbidden: boolean;
  readonly events: readonly EventJson[];
  /** Of the event that made the shown version; null while they are read. */
  readonly changes: readonly StateChange[] | null;
  /** First version of the part of the story that is shown. */
  readonly firstVersion: number;
  readonly hasLater: boolean;
  readonly isLoading: boolean;
  /** NOT_FOUND when there is no such stream. */
  readonly error: CallFailed | null;
  readAgain(): void;
}

export function useStream(name: StreamName, version: number | null): StreamRead {
  const params = { ...name };
  const newest = useRead('GET /v1/streams/{category}/{id}/state', { params });
  const newestVersion = newest.data?.version ?? null;
  const shown = version ?? newestVersion;
  const then = useRead(
    'GET /v1/streams/{category}/{id}/state',
    { params, query: { version: version ?? undefined } },
    { enabled: version !== null && newest.error === null, keep: true },
  );
  const after = shown === null ? 0 : Math.floor((shown - 1) / PAGE_EVENTS) * PAGE_EVENTS;
  const isReady = newest.isFetched;
  const page = { params, query: { after, limit: PAGE_EVENTS } };
  const events = useRead('GET /v1/streams/{category}/{id}', page, { enabled: isReady, keep: true });
  const history = useRead('GET /v1/streams/{category}/{id}/history', page, {
    enabled: newestVersion !== null,
    keep: true,
  });
  const entry = history.data?.items.find((item) => item.version === shown);
  const isForbidden = newest.error?.status === 403;
  return {
    newest: newestVersion,
    state: (version === null ? newest.data : then.data) ?? null,
    isForbidden,
    events: events.data?.events ?? [],
    changes: entry?.changes ?? null,
    firstVersion: after + 1,
    hasLater: events.data?.more ?? false,
    isLoading: newest.isLoading || events.isLoading,
    error: events.error ?? (isHarmless(newest.error) ? then.error : newest.error),
    readAgain: () => {
      void newest.refetch();
      void events.refetch();
    },
  };
}

/** Streams without a state still have events; whether the stream exists is what those say. */
function isHarmless(error: CallFailed | null): boolean {
  return error === null || error.status === 404 || error.status === 403;
}
