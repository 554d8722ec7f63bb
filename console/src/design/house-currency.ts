/** The currency of the house: what a field for money without a value is in. The shell sets it. */
import { useSyncExternalStore } from 'react';

let currency = 'EUR';
const listeners = new Set<() => void>();

export function setHouseCurrency(next: string): void {
  if (next === currency) return;
  currency = next;
  for (const listener of listeners) listener();
}

export function useHouseCurrency(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => currency,
  );
}
