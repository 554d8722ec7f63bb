/**
 * Look-ups of answers, commands and streams for callers, who come by the hundred at once: whatever waits for a bucket when the
 * previous statement has ended goes in one (natural batching, as for appends). A statement begins after the calls it
 * serves, so each sees whatever was appended before it.
 */
import { Failure } from '../../core/errors.ts';
import type { StoredEvent } from '../../core/event.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { StoredAnswer } from '../log.ts';
import {
  type AnswerPlace,
  type CommandPlace,
  readAnswers,
  readCommands,
  type StoredCommand,
} from './read-answers.ts';
import { readStreamBeginnings, readStreamEvents, type StreamRange } from './read-stream.ts';

/** Look-ups of one statement: about 1 ms of PostgreSQL, and 13 MB should every answer be of the largest. */
const GROUP_MAX = 200;
/**
 * Events of one stream that come with those of others: most streams are shorter, and 200 of them are below 4 MB. What
 * is longer is read on by itself.
 */
const BEGINNING_EVENTS = 32;
/** Look-ups waiting for a bucket: about a tenth of a second of work; beyond it refusing is kinder (L14). */
const WAITING_MAX = 10_000;

type InBucket<Place> = Place & { readonly bucket: number };

export class LookUps {
  readonly #answers: Grouped<AnswerPlace, StoredAnswer | null>;
  readonly #commands: Grouped<CommandPlace, StoredCommand | null>;
  readonly #streams: Grouped<StreamRange, readonly StoredEvent[]>;
  readonly #on: Queryable;

  constructor(on: Queryable) {
    this.#on = on;
    this.#answers = new Grouped((bucket, places) => readAnswers(on, bucket, places));
    this.#commands = new Grouped((bucket, places) => readCommands(on, bucket, places));
    this.#streams = new Grouped((bucket, ranges) =>
      readStreamBeginnings(on, bucket, { ranges, eventsMax: BEGINNING_EVENTS }),
    );
  }

  answer(place: InBucket<AnswerPlace>): Promise<StoredAnswer | null> {
    return this.#answers.find(place);
  }

  command(place: InBucket<CommandPlace>): Promise<StoredCommand | null> {
    return this.#commands.find(place);
  }

  /** Events of a stream in order of version, at most `limit`. */
  async stream(range: InBucket<StreamRange>): Promise<readonly StoredEvent[]> {
    const beginning = await this.#streams.find(range);
    const last = beginning[BEGINNING_EVENTS - 1];
    if (last === undefined || beginning.length >= range.limit) return beginning;
    const fromVersion = last.streamVersion + 1n;
    const limit = range.limit - beginning.length;
    const rest = await readStreamEvents(this.#on, range, { fromVersion, limit });
    return [...beginning, ...rest];
  }
}

interface Waiting<Place, Found> {
  readonly place: Place;
  resolve(found: Found): void;
  reject(error: unknown): void;
}

class Grouped<Place, Found> {
  readonly #read: (bucket: number, places: readonly Place[]) => Promise<readonly Found[]>;
  /** What waits, by bucket; an entry stands for a statement under way or about to begin. */
  readonly #waiting = new Map<number, Waiting<Place, Found>[]>();

  constructor(read: (bucket: number, places: readonly Place[]) => Promise<readonly Found[]>) {
    this.#read = read;
  }

  find(place: InBucket<Place>): Promise<Found> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(place.bucket);
      if (waiting) {
        if (waiting.length >= WAITING_MAX)
          throw new Failure('OVERLOADED', 'The log has more look-ups waiting than it accepts.', {
            retryAfterSeconds: 1,
          });
        waiting.push({ place, resolve, reject });
        return;
      }
      this.#waiting.set(place.bucket, [{ place, resolve, reject }]);
      void this.#run(place.bucket);
    });
  }

  /** Never rejects. */
  async #run(bucket: number): Promise<void> {
    // Whatever comes in this turn of the event loop shares the first statement.
    await new Promise<void>((resolve) => setImmediate(resolve));
    for (;;) {
      const group = this.#waiting.get(bucket)?.splice(0, GROUP_MAX) ?? [];
      if (group.length === 0) {
        this.#waiting.delete(bucket);
        return;
      }
      await this.#answer(bucket, group);
    }
  }

  async #answer(bucket: number, group: readonly Waiting<Place, Found>[]): Promise<void> {
    try {
      const found = await this.#read(
        bucket,
        group.map(({ place }) => place),
      );
      if (found.length !== group.length) throw new RangeError('a look-up was not answered');
      found.forEach((one, index) => group[index]?.resolve(one));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
