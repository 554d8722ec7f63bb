/**
 * Step-up: a command that was refused with APPROVAL_REQUIRED waits here until somebody who may has approved it, and is
 * then given again. The shell shows the dialog.
 *
 *   refused --ask--> waiting --approved--> given again
 *                    waiting --let go--> the refusal is thrown
 */
import { useSyncExternalStore } from 'react';
import { CallFailed, type Operation } from '../../../src/client/client.ts';

/** What is sent with the command that was approved. */
export type ApprovalHeader = Readonly<Partial<Record<'approval', string>>>;

/** The refused command as it was given. */
export interface RefusedCommand {
  readonly operation: Operation;
  readonly params?: Readonly<Record<string, string | number>> | undefined;
  readonly body?: unknown;
}

export interface WaitingForApproval {
  readonly command: RefusedCommand;
  readonly permission: string;
  readonly digest: string;
  /** The id of the approval, or null when the command is let go. */
  settle(approvalId: string | null): void;
}

let waiting: WaitingForApproval | null = null;
const listeners = new Set<() => void>();
/** Approvals given but not used yet, by the digest of their command: a conflict of versions does not ask twice. */
const given = new Map<string, string>();
/** Refusals that somebody already let go: an outer wrapper does not ask again. */
const letGo = new WeakSet<CallFailed>();

function set(next: WaitingForApproval | null): void {
  waiting = next;
  for (const listener of listeners) listener();
}

/**
 * Gives a command; when it needs an approval, asks for it and gives it again with the header `Approval`. useCommand does
 * so by itself: only what calls the client directly needs it. Errors: those of the command; APPROVAL_REQUIRED itself
 * when nobody approved.
 */
export async function withApproval<Answer>(
  give: (header: ApprovalHeader) => Promise<Answer>,
  command: RefusedCommand,
): Promise<Answer> {
  try {
    return await give({});
  } catch (error) {
    const needed = neededBy(error);
    if (needed === null || !(error instanceof CallFailed) || letGo.has(error)) throw error;
    const kept = given.get(needed.digest);
    given.delete(needed.digest);
    const again =
      kept === undefined ? null : await repeated(give, { id: kept, digest: needed.digest });
    if (again !== null) return again.answer;
    const approvalId = await new Promise<string | null>((resolve) => {
      waiting?.settle(null);
      set({
        ...needed,
        command,
        settle: (id) => {
          set(null);
          resolve(id);
        },
      });
    });
    if (approvalId === null) {
      letGo.add(error);
      throw error;
    }
    given.set(needed.digest, approvalId);
    const answer = await give({ approval: approvalId });
    given.delete(needed.digest);
    return answer;
  }
}

/** Gives it with an approval from before; null when that one is spent or expired. */
async function repeated<Answer>(
  give: (header: ApprovalHeader) => Promise<Answer>,
  { id, digest }: { readonly id: string; readonly digest: string },
): Promise<{ readonly answer: Answer } | null> {
  try {
    return { answer: await give({ approval: id }) };
  } catch (error) {
    if (neededBy(error) !== null) return null;
    given.set(digest, id);
    throw error;
  }
}

/** What the server says an approval must name. */
function neededBy(error: unknown): { readonly permission: string; readonly digest: string } | null {
  if (!(error instanceof CallFailed) || error.code !== 'APPROVAL_REQUIRED') return null;
  const { body } = error;
  if (typeof body !== 'object' || body === null) return null;
  // safe because only its two texts are read, and they are checked
  const { permission, digest } = body as Readonly<Record<string, unknown>>;
  return typeof permission === 'string' && typeof digest === 'string'
    ? { permission, digest }
    : null;
}

export function useWaitingForApproval(): WaitingForApproval | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting,
  );
}
