/** Has copies of lists prepared as of a moment and tells how far they are. */
import { useQueries } from '@tanstack/react-query';
import { useEffect } from 'react';
import { CallFailed, type Operations } from '../../../src/client/client.ts';
import { client } from '../api/api.ts';
import { readPrepared, useWaitingModels } from './as-of-waiting.ts';

type Copy = Operations['GET /v1/as-of/{model}']['answer'];

const LOOK_MS = 1000;

export interface CopiesState {
  /** Lists that are being prepared. */
  readonly count: number;
  /** Of the log, over all of them. */
  readonly eventsDone: number;
  readonly events: number;
  /** Why one of them cannot be prepared now. */
  readonly refused: CallFailed | null;
  askAgain(): void;
}

/** Null while nothing on the screen waits. */
export function useCopies(at: string): CopiesState | null {
  const models = useWaitingModels(at);
  const copies = useQueries({
    queries: models.map((model) => ({
      queryKey: ['as-of copy', model, at],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => prepared(model, at, signal),
      staleTime: 0,
      gcTime: 0,
      refetchInterval: ({ state }: { readonly state: { readonly error: unknown } }) =>
        state.error === null ? LOOK_MS : false,
    })),
  });
  const ready = models.filter((_, index) => copies[index]?.data?.ready === true).join(' ');
  useEffect(() => {
    for (const model of ready.split(' ')) if (model !== '') void readPrepared(model, at);
  }, [ready, at]);
  if (models.length === 0) return null;
  const refused = copies.map(({ error }) => error).find((error) => error instanceof CallFailed);
  const known = copies.flatMap(({ data }) => data ?? []);
  const eventsDone = known.reduce((sum, copy) => sum + copy.eventsDone, 0);
  return {
    count: models.length,
    eventsDone,
    events: known.reduce((sum, copy) => sum + copy.behindEvents, eventsDone),
    refused: refused ?? null,
    askAgain: () => void Promise.all(copies.map((copy) => copy.refetch())),
  };
}

/** Looks first: asking leaves an entry in the audit trail. */
async function prepared(model: string, at: string, signal: AbortSignal): Promise<Copy> {
  try {
    const query = { at };
    return (await client.call('GET /v1/as-of/{model}', { params: { model }, query, signal })).body;
  } catch (error) {
    if (!(error instanceof CallFailed) || error.status !== 404) throw error;
    const body = { at };
    return (await client.call('POST /v1/as-of/{model}', { params: { model }, body, signal })).body;
  }
}
