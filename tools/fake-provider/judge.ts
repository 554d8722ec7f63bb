/**
 * What the provider saw, as the judge of a sender: every accepted message with two clocks, its own and the stamp of the
 * sender. Pure but for the arrays it grows.
 */

export interface Received {
  readonly phoneNumberId: string;
  readonly to: string;
  readonly callbackData: string;
  readonly wamid: string;
  /** Microseconds since the epoch, by the provider's clock. */
  readonly atUs: number;
  /** By the sender's; null when it was not stamped. */
  readonly sentAtUs: number | null;
}

/** A pause of the provider's own loop: what arrived during it was seen late and all at once. */
export interface Stall {
  readonly fromUs: number;
  readonly toUs: number;
}

export interface Verdict {
  readonly messages: number;
  /** The most in any sliding second. */
  readonly maxPerSecond: number;
  /** Sliding seconds over the budget that no stall excuses, or that the stamps show too. */
  readonly budgetViolations: number;
  readonly pairViolations: number;
  /** Seconds over the budget by the provider's clock in which its loop stalled; the stamps decided these. */
  readonly stalledWindows: readonly { readonly fromUs: number; readonly count: number }[];
  /** Ids of messages that were accepted more than once. */
  readonly doubles: readonly string[];
}

const SECOND_US = 1_000_000;
/** What waited in the sockets during a stall is read within this time after it. */
const HEAP_US = 50_000;
const PAIR_EVERY_US = 6 * SECOND_US;
const PAIR_BURST = 45;

export interface Budget {
  readonly budget: number;
  readonly stalls: readonly Stall[];
}

export function judge(received: readonly Received[], { budget, stalls }: Budget): Verdict {
  const byClock = received.map(({ atUs }) => atUs).sort((a, b) => a - b);
  const byStamp = received.map(({ atUs, sentAtUs }) => sentAtUs ?? atUs).sort((a, b) => a - b);
  const over = windowsOver(byClock, budget);
  const stalled = over.filter(({ fromUs }) => isStalled(fromUs, stalls));
  const stampsOver = windowsOver(byStamp, budget);
  const excused = new Set(stalled);
  return {
    messages: received.length,
    maxPerSecond: mostPerSecond(byClock, stalls) ?? mostIn(byStamp),
    budgetViolations:
      over.filter((window) => !excused.has(window)).length +
      stampsOver.filter(({ fromUs }) => stalled.some((each) => isNear(each.fromUs, fromUs))).length,
    pairViolations: pairViolationsOf(received),
    stalledWindows: stalled,
    doubles: doublesOf(received),
  };
}

interface Window {
  readonly fromUs: number;
  readonly count: number;
}

/** Each message that begins a second with more than `budget` messages in it. */
function windowsOver(times: readonly number[], budget: number): readonly Window[] {
  const found: Window[] = [];
  let end = 0;
  for (const [start, fromUs] of times.entries()) {
    while (end < times.length && (times[end] ?? 0) < fromUs + SECOND_US) end += 1;
    if (end - start > budget) found.push({ fromUs, count: end - start });
  }
  return found;
}

function mostIn(times: readonly number[]): number {
  let most = 0;
  let end = 0;
  for (const [start, fromUs] of times.entries()) {
    while (end < times.length && (times[end] ?? 0) < fromUs + SECOND_US) end += 1;
    most = Math.max(most, end - start);
  }
  return most;
}

/** Over the seconds without a stall; null when there is none. */
function mostPerSecond(times: readonly number[], stalls: readonly Stall[]): number | null {
  let most: number | null = null;
  let end = 0;
  for (const [start, fromUs] of times.entries()) {
    while (end < times.length && (times[end] ?? 0) < fromUs + SECOND_US) end += 1;
    if (!isStalled(fromUs, stalls)) most = Math.max(most ?? 0, end - start);
  }
  return most;
}

function isStalled(fromUs: number, stalls: readonly Stall[]): boolean {
  return stalls.some(
    (stall) => stall.toUs + HEAP_US >= fromUs && stall.fromUs <= fromUs + SECOND_US,
  );
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) < SECOND_US;
}

/** Generic cell rate algorithm over each number and recipient, with the stamps of the sender where there are some. */
function pairViolationsOf(received: readonly Received[]): number {
  const arrivals = new Map<string, number>();
  let violations = 0;
  for (const { phoneNumberId, to, atUs, sentAtUs } of received.toSorted(byMoment)) {
    const pair = `${phoneNumberId} ${to}`;
    const now = sentAtUs ?? atUs;
    const arrival = Math.max(arrivals.get(pair) ?? 0, now);
    if (arrival - (PAIR_BURST - 1) * PAIR_EVERY_US > now) violations += 1;
    else arrivals.set(pair, arrival + PAIR_EVERY_US);
  }
  return violations;
}

function byMoment(one: Received, other: Received): number {
  return (one.sentAtUs ?? one.atUs) - (other.sentAtUs ?? other.atUs);
}

function doublesOf(received: readonly Received[]): readonly string[] {
  const seen = new Set<string>();
  const doubles = new Set<string>();
  for (const { callbackData } of received) {
    if (seen.has(callbackData)) doubles.add(callbackData);
    seen.add(callbackData);
  }
  return [...doubles];
}
