import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a bench opened, closed in reverse order whatever happens, so that no process and no folder is left behind. */
export interface Scope {
  /** Words for a person; never part of the result. */
  say(line: string): void;
  /** Registers how to undo something. Undoing twice must be harmless. */
  defer(undo: () => Promise<void> | void): void;
  /** A new folder under the system's temporary one, open to other users so that PostgreSQL may run as one. */
  folder(): Promise<string>;
  /** A second call waits for the first: whoever is interrupted while it ends leaves nothing behind either. */
  close(): Promise<void>;
}

export function createScope(say: (line: string) => void): Scope {
  const undos: (() => Promise<void> | void)[] = [];
  const defer = (undo: () => Promise<void> | void): void => void undos.push(undo);
  const undoAll = async (): Promise<void> => {
    for (const undo of undos.splice(0).toReversed()) {
      try {
        await undo();
      } catch (error) {
        say(`clean-up: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  let closing: Promise<void> | undefined;
  return {
    say,
    defer,
    async folder() {
      const folder = await mkdtemp(join(tmpdir(), 'comptoir-bench-'));
      defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
      await chmod(folder, 0o755);
      return folder;
    },
    close() {
      closing ??= undoAll();
      return closing;
    },
  };
}
