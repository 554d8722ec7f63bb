/**
 * When batches are due. The plan is fixed before the first one is sent and does not wait for answers (an open loop), so
 * a slow server is measured from the time an event was meant to leave: no coordinated omission (Gil Tene).
 */
export interface Plan {
  /** Events a second once the ramp is over. */
  readonly rate: number;
  readonly seconds: number;
  /** Seconds in which the rate rises evenly from zero, part of `seconds`. */
  readonly rampSeconds: number;
  /** Factor on the rate during bursts; 1 is none. */
  readonly burst: number;
  readonly batch: number;
}

/** A burst takes this many seconds out of every BURST_EVERY_SECONDS. */
const BURST_SECONDS = 1;
const BURST_EVERY_SECONDS = 10;

/** How many events are due `seconds` after the start. */
export function eventsDue(plan: Plan, seconds: number): number {
  const at = Math.min(Math.max(0, seconds), plan.seconds);
  const ramp = Math.min(plan.rampSeconds, plan.seconds);
  const rising = Math.min(at, ramp);
  const ramped = ramp > 0 ? (plan.rate * rising * rising) / (2 * ramp) : 0;
  const extra = (plan.burst - 1) * plan.rate * (burstSeconds(at) - burstSeconds(rising));
  return ramped + plan.rate * (at - rising) + extra;
}

/** Seconds of the time up to `at` that were burst; a burst ends each period. */
function burstSeconds(at: number): number {
  const whole = Math.floor(at / BURST_EVERY_SECONDS);
  const inside = at - whole * BURST_EVERY_SECONDS - (BURST_EVERY_SECONDS - BURST_SECONDS);
  return whole * BURST_SECONDS + Math.max(0, inside);
}

/** All events of the plan, whole batches and the last part of one. */
export function eventsPlanned(plan: Plan): number {
  return Math.round(eventsDue(plan, plan.seconds));
}

/** Seconds after the start at which event number `count` is due; by bisection, to a hundredth of a millisecond. */
export function dueAt(plan: Plan, count: number): number {
  let low = 0;
  let high = plan.seconds;
  while (high - low > 0.00001) {
    const middle = (low + high) / 2;
    if (eventsDue(plan, middle) < count) low = middle;
    else high = middle;
  }
  return high;
}
