/**
 * What a command is decided beside: streams that its aggregate's `consults` names, loaded round after round until it
 * names nothing new. No lane is entered and no version is checked, so a thousand orders can read one price at once.
 */
import {
  CONSULTED_ROUNDS_MAX,
  CONSULTED_STREAMS_MAX,
  type StreamReference,
} from '../core/aggregate.ts';
import { Failure } from '../core/errors.ts';
import type { Catalogue } from './catalogue.ts';
import type { ConsultedStreams } from './consulted-streams.ts';
import type { FoldedStream } from './fold.ts';
import type { StreamPlace } from './load-stream.ts';
import { ByStream, NOTHING_CONSULTED, surroundings, type Consulted } from './surroundings.ts';
import { brokenModule, commandAt, placeNamed, type WaitingCommand } from './waiting-command.ts';

/**
 * The states that `consults` of the command asks for, as of `notBeforeMs` or later. Errors: INPUT_INVALID for an id that
 * cannot be one; INTERNAL when the module names too many streams, an unknown category, or throws.
 */
export async function consult(
  waiting: WaitingCommand,
  notBeforeMs: number,
  parts: { readonly catalogue: Catalogue; readonly consultedStreams: ConsultedStreams },
): Promise<Consulted> {
  if (waiting.place.known.aggregate.consults === undefined) return NOTHING_CONSULTED;
  const streams = new ByStream<FoldedStream>();
  for (let round = 0; ; round += 1) {
    const fresh = namedNow(waiting, streams, parts.catalogue);
    if (fresh.length === 0) break;
    checkBounds(waiting, round, streams.size + fresh.length);
    const found = await parts.consultedStreams.since(fresh, notBeforeMs);
    fresh.forEach(({ known, id }, index) => {
      const folded = found[index];
      if (folded !== undefined) streams.set({ category: known.aggregate.category, id }, folded);
    });
  }
  const { takenInMs } = waiting;
  const verified =
    notBeforeMs >= takenInMs ||
    streams.values().every(({ notes }) => notes.verifiedAtMs >= takenInMs);
  return { streams, verified };
}

/** Streams that it names beside those it named before, each once. */
function namedNow(
  waiting: WaitingCommand,
  before: ByStream<FoldedStream>,
  catalogue: Catalogue,
): readonly StreamPlace[] {
  const asked = named(waiting, before, catalogue).filter(
    (stream) => before.get(stream) === undefined,
  );
  // The last round finds nothing.
  if (asked.length === 0) return [];
  const fresh = new ByStream<StreamPlace>();
  for (const stream of asked)
    if (fresh.get(stream) === undefined) fresh.set(stream, placeNamed(waiting, stream, catalogue));
  return fresh.values();
}

function named(
  waiting: WaitingCommand,
  before: ByStream<FoldedStream>,
  catalogue: Catalogue,
): readonly StreamReference[] {
  const asked = commandAt(waiting, waiting.takenInAt);
  const around = surroundings((stream) => {
    const found = before.get(stream);
    if (found !== undefined) return found;
    // What it has not named before reads as a stream without events, so that its code need not ask first.
    const known = catalogue.get(stream.category);
    return known === undefined ? undefined : { state: known.aggregate.initialState, version: 0n };
  });
  try {
    return waiting.place.known.aggregate.consults?.(asked, around) ?? [];
  } catch (error) {
    throw brokenModule(waiting, 'consults', error);
  }
}

function checkBounds({ place }: WaitingCommand, round: number, count: number): void {
  const { category } = place.known.aggregate;
  if (round >= CONSULTED_ROUNDS_MAX)
    throw new Failure(
      'INTERNAL',
      `${category} names further streams to consult after ${CONSULTED_ROUNDS_MAX} rounds.`,
    );
  if (count > CONSULTED_STREAMS_MAX)
    throw new Failure(
      'INPUT_INVALID',
      `This concerns ${count} things at once, ${CONSULTED_STREAMS_MAX} is the most.`,
    );
}
