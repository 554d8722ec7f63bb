/** Waiting that can be cut short. A wake-up that comes between `reset` and `wait` is not lost. */
export interface WakeUp {
  wake(): void;
  reset(): void;
  /** Resolves at the next wake-up, at once when one came since `reset`, or after `timeoutMs`. */
  wait(timeoutMs: number): Promise<void>;
}

export function createWakeUp(): WakeUp {
  let woken = false;
  let resume: (() => void) | null = null;
  return {
    wake() {
      woken = true;
      resume?.();
    },
    reset() {
      woken = false;
    },
    wait(timeoutMs) {
      if (woken) return Promise.resolve();
      return new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          resume = null;
          resolve();
        };
        const timer = setTimeout(done, timeoutMs);
        resume = done;
      });
    },
  };
}
