/**
 * Renders batches of events. Event number n is a function of (seed, n) alone, so a seed repeats a whole run, and a
 * duplicate is rendered again rather than remembered. About 2 microseconds an event.
 */
import { createRandom, type Random } from './random.ts';
import { MALFORMED, SHAPES, type Shape } from './shapes.ts';
import { parseTemplate, writeEvent, type EventTemplate } from './template.ts';

export interface GeneratorOptions {
  readonly seed: number;
  /** Time of event 0, milliseconds since the epoch. */
  readonly startMs: number;
  /** Milliseconds between the times of two events. */
  readonly stepMs: number;
  /** Share of events that repeat an earlier one, 0 to 1. */
  readonly duplicates: number;
  /** Share of events that are no valid CloudEvents, 0 to 1. */
  readonly malformed: number;
}

export interface Generator {
  /** The JSON array of the `count` events from number `first`; valid until the next call. */
  render(first: number, count: number): Buffer;
}

/** Variants of each shape that are rendered once. */
const VARIANTS = 48;
const VENUES = 12;
/** How far back a duplicate reaches: within the dedupe window at any rate worth simulating. */
const DUPLICATE_REACH = 10_000;
/** Neighbours that are asked for an original; with half of the events at fault all fail once in a million times. */
const ORIGINAL_TRIES = 20;
/** No event is larger; the buffer of a batch is sized by it. */
const EVENT_BYTES_MAX = 1500;
const OPEN = '['.charCodeAt(0);
const COMMA = ','.charCodeAt(0);
const CLOSE = ']'.charCodeAt(0);

export function createGenerator(options: GeneratorOptions): Generator {
  const random = createRandom(options.seed);
  const choose = chooser(SHAPES, variantsOf(random));
  const malformed = MALFORMED.map(parseTemplate);
  const timeOf = timeWriter(options);
  const faulty = options.malformed + options.duplicates;
  let buffer = Buffer.alloc(0);

  const writeNumber = (index: number, at: number): number => {
    random.seed(index);
    const kind = random.share();
    if (kind < options.malformed) {
      const template = malformed[random.below(malformed.length)] ?? malformed[0];
      if (template !== undefined)
        return writeEvent(template, { target: buffer, at }, { random, time: timeOf(index) });
    }
    if (kind >= faulty || index === 0) return writeFresh(index, at);
    return writeFresh(originalOf(index), at);
  };
  /** An earlier event that was sent as its own number; where none is found soon, the event itself. */
  const originalOf = (index: number): number => {
    const reach = Math.min(index, DUPLICATE_REACH);
    const back = random.below(reach);
    for (let tries = 0; tries < Math.min(reach, ORIGINAL_TRIES); tries++) {
      const candidate = index - 1 - ((back + tries) % reach);
      random.seed(candidate);
      if (random.share() >= faulty || candidate === 0) return candidate;
    }
    return index;
  };
  /** Event `index` without regard to what its own number would make of it. */
  const writeFresh = (index: number, at: number): number => {
    random.seed(index + FRESH);
    const template = choose(random);
    return writeEvent(template, { target: buffer, at }, { random, time: timeOf(index) });
  };
  return {
    render(first, count) {
      const needed = count * (EVENT_BYTES_MAX + 1) + 2;
      if (buffer.length < needed) buffer = Buffer.alloc(needed);
      let at = 0;
      buffer[at++] = OPEN;
      for (let index = first; index < first + count; index++) {
        if (index > first) buffer[at++] = COMMA;
        at = writeNumber(index, at);
      }
      buffer[at++] = CLOSE;
      return buffer.subarray(0, at);
    },
  };
}

/** Keeps the sequence that decides about an event apart from the one that fills it. */
const FRESH = 2 ** 40;
/** Likewise for the sequence that renders the variants. */
const VARIANT = 2 ** 41;

function variantsOf(random: Random): readonly (readonly EventTemplate[])[] {
  return SHAPES.map((shape, at) =>
    Array.from({ length: VARIANTS }, (_, variant) => {
      random.seed(VARIANT + at * VARIANTS + variant);
      return parseTemplate(eventText(shape, random));
    }),
  );
}

function eventText(shape: Shape, random: Random): string {
  const venue = 1 + random.below(VENUES);
  return `{"specversion":"1.0","id":"<uuid>","source":"${shape.source}/venue-${venue}","type":"${shape.type}","subject":"${shape.subject}","time":"<time>","datacontenttype":"application/json","data":${shape.data(random)}}`;
}

function chooser(
  shapes: readonly Shape[],
  variants: readonly (readonly EventTemplate[])[],
): (random: Random) => EventTemplate {
  const total = shapes.reduce((sum, { weight }) => sum + weight, 0);
  return (random) => {
    let left = random.share() * total;
    let chosen = 0;
    while (chosen < shapes.length - 1 && (left -= shapes[chosen]?.weight ?? 0) >= 0) chosen += 1;
    const templates = variants[chosen] ?? [];
    const template = templates[random.below(templates.length)];
    if (template === undefined) throw new RangeError('a shape without variants');
    return template;
  };
}

/** Renders a millisecond once for all events that share it. */
function timeWriter(options: GeneratorOptions): (index: number) => Buffer {
  let shownMs = Number.NaN;
  const bytes = Buffer.alloc('2026-01-01T00:00:00.000Z'.length);
  return (index) => {
    const ms = Math.floor(options.startMs + index * options.stepMs);
    if (ms !== shownMs) bytes.write(new Date(ms).toISOString(), 'latin1');
    shownMs = ms;
    return bytes;
  };
}
