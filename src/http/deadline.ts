/** How long a reader may leave a full answer unread before it is given up. */
export const STALLED_MS_MAX = 60_000;

/** How long somebody is waited for on a connection. */
export interface Deadline {
  /** Begins anew. */
  putOff(): void;
  end(): void;
}

/**
 * Calls `late` after so long, once what had come by then was read. A process that stood still for a while itself, stopped
 * or on a machine that was, meets its timers before its sockets: what lies in those came in time.
 */
export function createDeadline(ms: number, late: () => void): Deadline {
  let reading: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    reading = setImmediate(late);
  }, ms);
  return {
    putOff() {
      clearImmediate(reading);
      timer.refresh();
    },
    end() {
      clearImmediate(reading);
      clearTimeout(timer);
    },
  };
}
