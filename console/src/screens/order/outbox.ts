/**
 * Sends the commands of floor, orders and kitchen one after the other and keeps those that the server did not answer, for
 * the life of the tab. See outbox-state.ts for the states.
 */
import { useSyncExternalStore } from 'react';
import { CallFailed, type Arguments, type Operation } from '../../../../src/client/client.ts';
import { client, readAgain } from '../../api/api.ts';
import { sessionState } from '../../api/session.ts';
import {
  done,
  dropped,
  nextToSend,
  refused,
  stateOf,
  taken,
  withKnownIds,
  type OutboxState,
  type UnsentCommand,
} from './outbox-state.ts';

export interface Intent {
  readonly operation: Operation;
  readonly params?: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly label: UnsentCommand['label'];
  /** Id of an approval that was given for exactly this. */
  readonly approval?: string;
}

export type Given =
  | { readonly kind: 'done'; readonly body: Readonly<Record<string, unknown>> }
  /** The server is away: it will be sent, in order, under the same id. */
  | { readonly kind: 'kept'; readonly key: string };

const KEPT_AS = 'comptoir.unsent';
/** Between two tries while the server is away. */
const RETRY_MS = 3000;
/** More than a tab types while a router starts again; then it says so and takes no more. */
const UNSENT_MAX = 200;

let state: OutboxState = stateOf(sessionStorage.getItem(KEPT_AS));
let isSending = false;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

interface Waiting {
  resolve(given: Given): void;
  reject(failed: CallFailed): void;
  readonly approval: string | undefined;
}
/** Whoever gave a command and still looks at the screen, by its key. */
const askers = new Map<string, Waiting>();

function set(next: OutboxState): void {
  state = next;
  sessionStorage.setItem(KEPT_AS, JSON.stringify(state));
  for (const listener of listeners) listener();
}

export function useOutbox(): OutboxState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** Errors: CallFailed when the server says no. */
export function giveCommand(intent: Intent, userId: string): Promise<Given> {
  if (state.commands.length >= UNSENT_MAX)
    return Promise.reject(new CallFailed({ status: 0, traceId: '' }));
  const key = crypto.randomUUID();
  const { operation, params = {}, body, label, approval } = intent;
  const command = {
    key,
    operation,
    params,
    body,
    label,
    by: userId,
    atMs: Date.now(),
    refusal: null,
  };
  return new Promise((resolve, reject) => {
    askers.set(key, { resolve, reject, approval });
    set(taken(state, command));
    void send();
  });
}

export function dropUnsent(key: string): void {
  set(dropped(state, key));
}

/** Tries at once what waits. */
export async function send(): Promise<void> {
  if (isSending) return;
  isSending = true;
  clearTimeout(timer);
  try {
    for (;;) {
      const now = sessionState();
      if (now.kind !== 'signed-in') break;
      const next = nextToSend(state, now.session.user.id);
      if (next === null || !(await sendOne(withKnownIds(state, next)))) break;
    }
  } finally {
    isSending = false;
    keepTheRest();
  }
}

/** False when the server gave no answer. */
async function sendOne(command: UnsentCommand): Promise<boolean> {
  const { key } = command;
  const asker = askers.get(key);
  try {
    const answer = await client.call(...callOf(command, asker?.approval));
    // safe because commands answer with an object, or with nothing
    const body = (answer.body ?? {}) as Readonly<Record<string, unknown>>;
    const createdId = typeof body['id'] === 'string' ? body['id'] : null;
    askers.delete(key);
    set(done(state, { key, createdId }));
    asker?.resolve({ kind: 'done', body });
    void readAgain(...READ_AGAIN);
    return true;
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    if (isUnanswered(error)) return false;
    askers.delete(key);
    const { code, detail } = error;
    set(asker === undefined ? refused(state, { key, code, detail }) : dropped(state, key));
    asker?.reject(error);
    return true;
  }
}

const READ_AGAIN: readonly Operation[] = [
  'GET /v1/orders/{id}',
  'GET /v1/orders/{id}/history',
  'GET /v1/orders',
  'GET /v1/orders/floor',
  'GET /v1/orders/kitchen/board',
  'GET /v1/orders/kitchen/all-day',
  'GET /v1/catalog/menu',
];

function callOf(
  { operation, params, body, key }: UnsentCommand,
  approval: string | undefined,
): [Operation, Arguments<Operation>] {
  const headers = approval === undefined ? undefined : { approval };
  const args = { params, body, idempotencyKey: key, headers };
  // safe because an intent names an operation with the parameters and the body of that one
  return [operation as Operation, args as unknown as Arguments<Operation>];
}

/** No answer, or one that says to come again: under the same id nothing happens twice. */
function isUnanswered({ status, code }: CallFailed): boolean {
  return [0, 401, 429, 502, 503, 504].includes(status) || code === 'IDEMPOTENCY_IN_FLIGHT';
}

/** Those who wait are told that their command is kept, and the queue is tried again soon. */
function keepTheRest(): void {
  const waits = state.commands.filter(({ refusal }) => refusal === null);
  for (const { key } of waits) {
    askers.get(key)?.resolve({ kind: 'kept', key });
    askers.delete(key);
  }
  if (waits.length > 0) timer = setTimeout(() => void send(), RETRY_MS);
}

addEventListener('online', () => void send());
// What the tab kept over a reload goes out once somebody is signed in.
timer = setTimeout(() => void send(), RETRY_MS);
