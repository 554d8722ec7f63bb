/** How badly the fake provider behaves; everything off by default. Chances are between 0 and 1 and come from a seed. */

export interface Behaviour {
  /** Before each answer: a fixed time and, on top, up to `jitterMs`. */
  readonly delayMs: number;
  readonly jitterMs: number;
  /** Messages a second that one number may send; more is answered with 130429. */
  readonly budget: number;
  /** Whether pairs are judged (one in 6 s after 45) and answered with 131056. */
  readonly judgesPairs: boolean;
  /** Accepts a message and hangs up without an answer. */
  readonly dropsAnswer: number;
  /** Answers 131000 without accepting. */
  readonly fails: number;
  /** Sends a status twice. */
  readonly doubles: number;
  /** Sends statuses of one webhook in reverse order. */
  readonly reorders: number;
  /** Of delivered messages. */
  readonly reads: number;
  /** Phones, without +, that are answered with a code of their own. */
  readonly codes: Readonly<Record<string, number>>;
  readonly statusDelayMs: number;
  /** New templates are approved at once, or stay PENDING until somebody says. */
  readonly approvesTemplates: boolean;
}

export const WELL_BEHAVED: Behaviour = {
  delayMs: 0,
  jitterMs: 0,
  budget: 1_000_000,
  judgesPairs: false,
  dropsAnswer: 0,
  fails: 0,
  doubles: 0,
  reorders: 0,
  reads: 0.3,
  codes: {},
  statusDelayMs: 50,
  approvesTemplates: true,
};

/** Mulberry32: the same seed gives the same misbehaviour. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
