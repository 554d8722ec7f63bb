/** What happened, in order, as a hash: two runs of one seed must have the same one. */
import { createHash } from 'node:crypto';

export interface Trace {
  /** One line: when, who, what. No bytes that differ from run to run, such as nonces. */
  add(atMs: number, who: string, what: string): void;
  hash(): string;
}

export function createTrace(print: ((line: string) => void) | null): Trace {
  const hash = createHash('sha256');
  return {
    add(atMs, who, what) {
      const line = `${atMs.toFixed(3)} ${who} ${what}`;
      hash.update(line);
      hash.update('\n');
      print?.(line);
    },
    hash: () => hash.copy().digest('hex'),
  };
}
