/**
 * What this tab has written is asked for with whatever it reads in the next seconds, also after a reload: lists are a moment
 * behind the log, and somebody whose change is missing on the screen makes it again.
 */

/** A list that is not there by then stands still, and whoever looks at it is told by its own banner. */
export const KEPT_MS = 10_000;
const NAME = 'written';

export interface Written {
  /** An answer to `operation`; reading writes nothing. */
  note(operation: string, body: unknown): void;
  /** Of the newest command that was answered; none once it is old. */
  headers(): Readonly<Record<string, string>>;
}

export interface WrittenDependencies {
  readonly nowMs: () => number;
  /** Of the tab. What it holds may be anything. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
}

export function createWritten({ nowMs, storage }: WrittenDependencies): Written {
  return {
    note(operation, body) {
      if (operation.startsWith('GET ') || typeof body !== 'object' || body === null) return;
      const { cursor }: { readonly cursor?: unknown } = body;
      if (typeof cursor === 'string') storage.setItem(NAME, `${nowMs()} ${cursor}`);
    },
    headers() {
      const [, at, cursor] = /^([0-9]+) ([!-~]+)$/.exec(storage.getItem(NAME) ?? '') ?? [];
      if (at === undefined || cursor === undefined) return {};
      const ageMs = nowMs() - Number(at);
      return ageMs < 0 || ageMs > KEPT_MS ? {} : { 'x-wait-for': cursor };
    },
  };
}
