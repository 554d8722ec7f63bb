/** Trying again and discarding, one after another for many: a refusal of one does not stop the others. */
import { useState } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { client, readAgain } from '../../api/api.ts';
import type { DeadLetter } from './groups.ts';

export type Settling = 'retry' | 'discard';

export interface Settled {
  readonly done: number;
  readonly failed: number;
  /** Of the first that failed. */
  readonly error: CallFailed | null;
}

export interface Settle {
  /** How far it is; null when nothing is under way. */
  readonly running: { readonly done: number; readonly all: number } | null;
  give(letters: readonly DeadLetter[], how: Settling): Promise<Settled>;
}

export function useSettle(): Settle {
  const [running, setRunning] = useState<Settle['running']>(null);
  return {
    running,
    give: async (letters, how) => {
      let done = 0;
      let failed = 0;
      let error: CallFailed | null = null;
      for (const { id } of letters) {
        setRunning({ done: done + failed, all: letters.length });
        try {
          await settle(id, how);
          done += 1;
        } catch (problem) {
          failed += 1;
          // safe because the client throws nothing else
          error ??= problem as CallFailed;
        }
      }
      setRunning(null);
      await readAgain('GET /v1/events/rejected', 'GET /v1/events/rejected/{id}');
      return { done, failed, error };
    },
  };
}

/** Both are safe to repeat: what is settled already says so. */
async function settle(id: string, how: Settling): Promise<void> {
  if (how === 'retry') await client.call('POST /v1/events/rejected/{id}/retry', { params: { id } });
  else await client.call('POST /v1/events/rejected/{id}/discard', { params: { id } });
}
