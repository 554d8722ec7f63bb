/** The one client of the console and the hooks that screens read and command through. */
import {
  keepPreviousData,
  QueryClient,
  useMutation,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useRef } from 'react';
import {
  CallFailed,
  createClient,
  type Arguments,
  type Operation,
  type Operations,
} from '../../../src/client/client.ts';
import { withApproval } from './approval.ts';
import { noteCall } from './calls.ts';
import { noteReachable } from './connection.ts';
import { deviceKey, sessionState, setSession } from './session.ts';
import { createWritten } from './written.ts';

const written = createWritten({ nowMs: () => Date.now(), storage: sessionStorage });

export const client = createClient({
  baseUrl: '',
  onAnswer: written.note,
  headers: () => {
    const now = sessionState();
    const device = deviceKey();
    return {
      ...written.headers(),
      ...(now.kind === 'signed-in' ? { 'x-csrf-token': now.session.csrf } : {}),
      ...(device === null ? {} : { 'x-device-key': device }),
    };
  },
  onCall: (call) => {
    noteReachable(call.status !== 0);
    noteCall(call);
    // A session that ended: what was typed stays on the screen below the sign-in dialog.
    if (
      call.status === 401 &&
      sessionState().kind === 'signed-in' &&
      !call.path.startsWith('/v1/session')
    )
      setSession({ kind: 'signed-out', expired: true });
  },
});

const RETRIES_MAX = 3;
const STALE_MS = 5000;

export const queries = new QueryClient({
  defaultOptions: {
    // The server may stand on this very machine: a browser that calls itself offline asks it all the same.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: STALE_MS,
      retry: (failures, error) =>
        failures < RETRIES_MAX &&
        error instanceof CallFailed &&
        (error.status === 0 || error.status === 503),
    },
  },
});

export interface ReadOptions {
  readonly enabled?: boolean;
  /** Milliseconds between two readings while the tab is visible. */
  readonly everyMs?: number;
  /** Keeps what was there while other arguments load. */
  readonly keep?: boolean;
}

/** Reads with GET; the answer's body is `data`, an error is a CallFailed. */
export function useRead<Op extends Operation & `GET ${string}`>(
  operation: Op,
  args: Arguments<Op>,
  { enabled = true, everyMs, keep = false }: ReadOptions = {},
): UseQueryResult<Operations[Op]['answer'], CallFailed> {
  return useQuery<Operations[Op]['answer'], CallFailed>({
    queryKey: [operation, args],
    queryFn: async ({ signal }) => (await client.call(operation, { ...args, signal })).body,
    enabled,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
}

/** What was read may have changed: reads these operations again (all when none is named). */
export async function readAgain(...operations: readonly Operation[]): Promise<void> {
  await queries.invalidateQueries({
    predicate: ({ queryKey }) =>
      // safe because every key of useRead begins with its operation
      operations.length === 0 || operations.includes(queryKey[0] as Operation),
  });
}

interface Intention<Answer> {
  /** The arguments, as text. */
  readonly of: string;
  readonly key: string;
  /** While it is under way. */
  answer: Promise<Answer> | null;
}

/** A disk that stood still or a database that comes back: the server asks to be asked again. */
const ASK_AGAIN: ReadonlySet<string> = new Set(['OUTCOME_UNKNOWN', 'UNAVAILABLE']);

/**
 * Gives a command. One intention has one Idempotency-Key, kept over retries of the same arguments, so a double click or
 * an answer that was lost changes nothing twice; what the server could not settle in its second is asked again under
 * the same key before anybody is told. `again` names what to read afterwards.
 */
export function useCommand<Op extends Operation>(
  operation: Op,
  options: { readonly again?: readonly Operation[] } = {},
): UseMutationResult<Operations[Op]['answer'], CallFailed, Arguments<Op>> {
  const intention = useRef<Intention<Operations[Op]['answer']> | null>(null);
  return useMutation<Operations[Op]['answer'], CallFailed, Arguments<Op>>({
    mutationFn: async (args) => {
      const of = JSON.stringify(args);
      if (intention.current?.of !== of)
        intention.current = { of, key: crypto.randomUUID(), answer: null };
      const now = intention.current;
      const { key } = now;
      // The second click of a double click waits for the answer to the first.
      now.answer ??= withApproval(
        (approval) =>
          client.call(operation, {
            ...args,
            idempotencyKey: key,
            headers: { ...args.headers, ...approval },
          }),
        { operation, params: args.params, body: args.body },
      ).then(({ body }) => body);
      try {
        const answer = await now.answer;
        if (intention.current === now) intention.current = null;
        return answer;
      } catch (error) {
        // Sent again by the next click, under the same key.
        now.answer = null;
        throw error;
      }
    },
    retry: (failures, error) => failures < RETRIES_MAX && ASK_AGAIN.has(error.code),
    onSuccess: () => readAgain(...(options.again ?? [])),
  });
}
