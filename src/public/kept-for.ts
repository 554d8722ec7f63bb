/** What is read often and changes rarely, kept for a moment, in bounded memory. Reads under way are shared. */
import type { Clock } from '../core/clock.ts';

export interface KeptFor<Value> {
  get(key: string, read: () => Promise<Value>): Promise<Value>;
  forget(key: string): void;
}

export function createKeptFor<Value>(options: {
  readonly clock: Clock;
  readonly ms: number;
  readonly keysMax: number;
}): KeptFor<Value> {
  const { clock, ms, keysMax } = options;
  const held = new Map<string, { readonly value: Promise<Value>; readonly untilMs: number }>();
  return {
    get(key, read) {
      const found = held.get(key);
      if (found !== undefined && clock.nowMs() < found.untilMs) return found.value;
      const oldest = held.size >= keysMax ? held.keys().next().value : undefined;
      if (oldest !== undefined) held.delete(oldest);
      const value = read();
      held.delete(key);
      held.set(key, { value, untilMs: clock.nowMs() + ms });
      // What failed is asked for again by whoever comes next.
      value.catch(() => {
        if (held.get(key)?.value === value) held.delete(key);
      });
      return value;
    },
    forget: (key) => void held.delete(key),
  };
}
