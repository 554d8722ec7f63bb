/** The states that a module sees beside the stream of its command. */
import { streamName, type StreamReference, type Surroundings } from '../core/aggregate.ts';
import type { FoldedStream } from './fold.ts';

/** States by name of the stream. */
export interface Consulted {
  readonly streams: ReadonlyMap<string, FoldedStream>;
  /** Whether they hold everything that was appended anywhere before the command was taken in. */
  readonly verified: boolean;
}

export const NOTHING_CONSULTED: Consulted = { streams: new Map(), verified: true };

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
  return surroundings((stream) => streams.get(streamName(stream)));
}
