/**
 * Ctrl-C and SIGTERM: the first asks to stop, the second insists. npm forwards a signal that its whole process group
 * received anyway, so one Ctrl-C arrives twice; what follows within a second is an echo.
 */
const ECHO_MS = 1000;

export interface StopHandlers {
  first(signal: NodeJS.Signals): void;
  second(signal: NodeJS.Signals): void;
}

/** Installs the handlers. Returns the way to remove them. */
export function onStopSignals(handlers: StopHandlers): () => void {
  let firstAt: number | undefined;
  const handle = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      handlers.first(signal);
    } else if (now - firstAt > ECHO_MS) handlers.second(signal);
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return () => {
    process.off('SIGINT', handle);
    process.off('SIGTERM', handle);
  };
}
