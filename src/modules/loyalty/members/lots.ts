/**
 * Points in lots: each says when it was earned, for which order line under which version of the rules, from when it may
 * be used and until when. Open lots only, in the order in which they are used: soonest expiry first, then oldest. Pure.
 *
 * The state of a member that is hit hundreds of times a second must stay small, so beyond LOTS_APART_MAX lots those of
 * one day with one expiry become one. Where each point came from stays in the events.
 */
import type { LocalDate } from '../../../core/calendar.ts';

/** Where points came from. */
export interface LotSource {
  readonly earnedOn: LocalDate;
  readonly activeOn: LocalDate;
  /** Last day of use; null for ever. */
  readonly expiresOn: LocalDate | null;
  /** Null for points that were given by hand, and for lots that became one. */
  readonly orderId: string | null;
  readonly lineId: string | null;
  /** Version of the rules. */
  readonly rules: number;
}

/** Some points of a lot. */
export interface LotPoints extends LotSource {
  readonly lotId: string;
  readonly points: number;
}

export interface Lot extends LotSource {
  readonly lotId: string;
  readonly remaining: number;
  /** Stands for several lots of its day and expiry. */
  readonly joined: boolean;
}

export interface Balance {
  /** May be used. */
  readonly points: number;
  /** Earned but not to be used yet. */
  readonly pending: number;
  /** Taken back after they were spent: the next points earned pay it. */
  readonly debt: number;
}

/** Lots of a regular guest stay apart; four hundred bytes each would be 25 kB. */
export const LOTS_APART_MAX = 64;

export function withLots(lots: readonly Lot[], added: readonly LotPoints[]): readonly Lot[] {
  if (added.length === 0) return lots;
  const after = [...lots];
  for (const lot of added) addTo(after, lot);
  return after.length > LOTS_APART_MAX ? joinedByDay(after) : after;
}

function addTo(lots: Lot[], lot: LotPoints): void {
  const { lotId, points, earnedOn, activeOn, expiresOn, orderId, lineId, rules } = lot;
  if (points <= 0) return;
  const held = lots.findIndex((each) => each.lotId === lotId);
  const before = lots[held];
  if (before !== undefined) {
    lots[held] = { ...before, remaining: before.remaining + points };
    return;
  }
  // Mostly the newest lot expires last: looked for from the end.
  const place = lots.findLastIndex((each) => !isUsedBefore(lot, each)) + 1;
  const source = { lotId, earnedOn, activeOn, expiresOn, orderId, lineId, rules };
  lots.splice(place, 0, { ...source, remaining: points, joined: false });
}

function isUsedBefore(a: LotSource, b: LotSource): boolean {
  if (a.expiresOn !== b.expiresOn)
    return a.expiresOn !== null && (b.expiresOn === null || a.expiresOn < b.expiresOn);
  return a.earnedOn < b.earnedOn;
}

function joinedByDay(lots: readonly Lot[]): readonly Lot[] {
  const joined = new Map<string, Lot>();
  for (const lot of lots) {
    const key = `${lot.earnedOn} ${lot.activeOn} ${lot.expiresOn}`;
    const held = joined.get(key);
    const remaining = (held?.remaining ?? 0) + lot.remaining;
    const first = held ?? lot;
    const several = { orderId: null, lineId: null, joined: true };
    joined.set(key, held === undefined ? lot : { ...first, ...several, remaining });
  }
  return [...joined.values()];
}

/** `taken` are points of lots of these; what is not there is not taken. Lots that are used up are gone. */
export function withoutPoints(
  lots: readonly Lot[],
  taken: readonly { readonly lotId: string; readonly points: number }[],
): readonly Lot[] {
  const by = new Map<string, number>();
  for (const { lotId, points } of taken) by.set(lotId, (by.get(lotId) ?? 0) + points);
  return lots.flatMap((lot) => {
    const remaining = lot.remaining - (by.get(lot.lotId) ?? 0);
    if (remaining <= 0) return [];
    return remaining === lot.remaining ? [lot] : [{ ...lot, remaining }];
  });
}

export function isActive({ activeOn, expiresOn }: LotSource, today: LocalDate): boolean {
  return activeOn <= today && !isExpired({ expiresOn }, today);
}

export function isExpired({ expiresOn }: Pick<LotSource, 'expiresOn'>, today: LocalDate): boolean {
  return expiresOn !== null && expiresOn < today;
}

/** Points that may be used and points that may not yet, on a day: right on any day without an event. */
export function balanceOf(lots: readonly Lot[], debt: number, today: LocalDate): Balance {
  let points = 0;
  let pending = 0;
  for (const lot of lots)
    if (isActive(lot, today)) points += lot.remaining;
    else if (!isExpired(lot, today)) pending += lot.remaining;
  return { points, pending, debt };
}

/** So many points of the lots that may be used, in the order of use; fewer when there are not as many. */
export function firstPoints(
  lots: readonly Lot[],
  points: number,
  today: LocalDate,
): readonly LotPoints[] {
  return pick(
    lots.filter((lot) => isActive(lot, today)),
    points,
  );
}

/** The same from the other end, pending lots first: what a guest misses least. */
export function lastPoints(lots: readonly Lot[], points: number): readonly LotPoints[] {
  return pick(lots.toReversed(), points);
}

function pick(lots: readonly Lot[], points: number): readonly LotPoints[] {
  const picked: LotPoints[] = [];
  let left = points;
  for (const lot of lots) {
    if (left <= 0) break;
    const some = Math.min(left, lot.remaining);
    picked.push(pointsOfLot(lot, some));
    left -= some;
  }
  return picked;
}

export function pointsOfLot(lot: Lot, points: number): LotPoints {
  const { lotId, earnedOn, activeOn, expiresOn, orderId, lineId, rules } = lot;
  return { lotId, earnedOn, activeOn, expiresOn, orderId, lineId, rules, points };
}

/** The lot that points went into: it, or the one that its day and expiry became. */
export function lotOf(
  lots: readonly Lot[],
  source: Pick<LotPoints, 'lotId' | 'earnedOn' | 'activeOn' | 'expiresOn'>,
): Lot | undefined {
  return (
    lots.find(({ lotId }) => lotId === source.lotId) ??
    lots.find(
      (lot) =>
        lot.joined &&
        lot.earnedOn === source.earnedOn &&
        lot.activeOn === source.activeOn &&
        lot.expiresOn === source.expiresOn,
    )
  );
}

export function totalOf(lots: readonly { readonly points: number }[]): number {
  return lots.reduce((sum, { points }) => sum + points, 0);
}
