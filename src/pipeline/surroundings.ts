/** The states that a module sees beside the stream of its command. */
import type { StreamReference, Surroundings } from '../core/aggregate.ts';
import type { FoldedStream } from './fold.ts';

/**
 * Values by category and id. A sale asks for some ninety states; with category and id joined into a name for each it made 6 kB
 * of names.
 */
export class ByStream<Value> {
  readonly #categories = new Map<string, Map<string, Value>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get({ category, id }: StreamReference): Value | undefined {
    return this.#categories.get(category)?.get(id);
  }

  set({ category, id }: StreamReference, value: Value): void {
    let ids = this.#categories.get(category);
    if (ids === undefined) this.#categories.set(category, (ids = new Map()));
    if (!ids.has(id)) this.#size += 1;
    ids.set(id, value);
  }

  values(): readonly Value[] {
    const values: Value[] = [];
    for (const ids of this.#categories.values()) values.push(...ids.values());
    return values;
  }
}

export interface Consulted {
  readonly streams: Pick<ByStream<FoldedStream>, 'get'>;
  /** Whether they hold everything that was appended anywhere before the command was taken in. */
  readonly verified: boolean;
}

export const NOTHING_CONSULTED: Consulted = { streams: new ByStream(), verified: true };

/** A mistake of the module that is told in our words, without its stack. */
export class BrokenDecision extends Error {
  override readonly name = 'BrokenDecision';
}

/** Throws a BrokenDecision for a stream that `find` does not give. */
export function surroundings(
  find: (stream: StreamReference) => Pick<FoldedStream, 'state' | 'version'> | undefined,
): Surroundings {
  const found = (stream: StreamReference) => {
    const folded = find(stream);
    if (folded !== undefined) return folded;
    throw new BrokenDecision(`A stream of ${stream.category} was asked for but not listed.`);
  };
  return {
    stateOf: (stream) => found(stream).state,
    versionOf: (stream) => Number(found(stream).version),
  };
}

export function consultedSurroundings({ streams }: Consulted): Surroundings {
  return surroundings((stream) => streams.get(stream));
}
