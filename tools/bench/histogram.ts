/**
 * A latency histogram in the manner of HdrHistogram: 64 linear steps per power of two, so a recorded value is
 * reported at most 1.6 % too high, in 14 kB whatever the number of values. A plain object, so that it crosses from
 * the load process to the conductor by structured clone.
 */
export interface Histogram {
  readonly counts: Float64Array;
  count: number;
  maxMicros: number;
}

const STEP_BITS = 6;
/** Index of the largest value, 2^31 - 1 microseconds (35 minutes), plus one. */
const SLOTS = (30 - STEP_BITS) * 64 + 128;
const MICROS_MAX = 2 ** 31 - 1;

export function createHistogram(): Histogram {
  return { counts: new Float64Array(SLOTS), count: 0, maxMicros: 0 };
}

/** Records one latency in microseconds; negative counts as 0, anything above 35 minutes as 35 minutes. */
export function record(histogram: Histogram, micros: number): void {
  const value = Math.min(MICROS_MAX, Math.max(0, Math.round(micros)));
  const slot = slotOf(value);
  histogram.counts[slot] = (histogram.counts[slot] ?? 0) + 1;
  histogram.count += 1;
  if (value > histogram.maxMicros) histogram.maxMicros = value;
}

/** The value in milliseconds below or at which `fraction` (0 to 1) of the recorded ones lie; NaN when empty. */
export function percentileMs(histogram: Histogram, fraction: number): number {
  if (histogram.count === 0) return Number.NaN;
  const rank = Math.max(1, Math.ceil(histogram.count * fraction));
  let seen = 0;
  for (let slot = 0; slot < SLOTS; slot += 1) {
    seen += histogram.counts[slot] ?? 0;
    if (seen >= rank) return Math.min(highestOf(slot), histogram.maxMicros) / 1000;
  }
  return histogram.maxMicros / 1000;
}

/** Adds what `from` recorded to `into`. */
export function mergeInto(into: Histogram, from: Histogram): void {
  for (let slot = 0; slot < SLOTS; slot += 1)
    into.counts[slot] = (into.counts[slot] ?? 0) + (from.counts[slot] ?? 0);
  into.count += from.count;
  into.maxMicros = Math.max(into.maxMicros, from.maxMicros);
}

function slotOf(value: number): number {
  const shift = Math.max(0, 31 - STEP_BITS - Math.clz32(value));
  return shift * 64 + (value >>> shift);
}

/** Highest value that falls into a slot, so that a percentile never flatters. */
function highestOf(slot: number): number {
  if (slot < 128) return slot;
  const shift = (slot >>> STEP_BITS) - 1;
  return (slot - shift * 64 + 1) * 2 ** shift - 1;
}
