/** The calls that this tab made, newest first: what the foot drawer shows. */
import { useSyncExternalStore } from 'react';
import type { DoneCall } from '../../../src/client/call-types.ts';

/** Enough for a screen and the one before; older calls go. */
const CALLS_KEPT = 100;

let calls: readonly DoneCall[] = [];
const listeners = new Set<() => void>();

export function noteCall(call: DoneCall): void {
  calls = [call, ...calls].slice(0, CALLS_KEPT);
  for (const listener of listeners) listener();
}

export function useCalls(): readonly DoneCall[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => calls,
  );
}
