/** Tells whoever follows a read model in one bucket what the lanes of this process have written for the active copy. */
import { activeOf } from './generation-changes.ts';
import type { LaneMove } from './lane-options.ts';
import type { Place, ProjectionRecord } from './projection-store.ts';
import { waitId } from './waiting.ts';

type MoveListener = (move: LaneMove) => void;

export class RowMoves {
  readonly #listeners = new Map<string, Set<MoveListener>>();
  readonly #recordOf: (name: string) => ProjectionRecord | undefined;

  /** `recordOf`: the projection as last read. */
  constructor(recordOf: (name: string) => ProjectionRecord | undefined) {
    this.#recordOf = recordOf;
  }

  /** Returns how to end it. A listener must not throw. */
  listen(of: { readonly name: string; readonly bucket: number }, listener: MoveListener) {
    const id = waitId(of.name, of.bucket);
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners);
    listeners.add(listener);
    return (): void => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
    };
  }

  tell({ generation, bucket }: Place, move: LaneMove): void {
    const { name } = generation;
    const listeners = this.#listeners.get(waitId(name, bucket));
    if (listeners === undefined) return;
    const record = this.#recordOf(name);
    const active = record === undefined ? undefined : activeOf(record);
    if (active?.generation !== generation.generation) return;
    for (const listener of listeners) listener(move);
  }
}
