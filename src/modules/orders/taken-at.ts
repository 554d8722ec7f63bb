/**
 * When a till that was offline took what it hands in later: a sale counts on the business day, and by the price lists, of
 * that moment. The till's clock is believed within bounds, since whoever sets it back could choose day and price. Pure.
 */
import type { Surroundings } from '../../core/aggregate.ts';
import { sessionOpenedAt, tillFrom } from '../business/index.ts';
import type { DeviceInput, PaymentInput } from './inputs.ts';

/** A weekend without a line. What a till kept for longer counts when it comes in. */
export const OFFLINE_HOURS_MAX = 72;
const OFFLINE_MS_MAX = OFFLINE_HOURS_MAX * 3_600_000;
/** By how much a till's clock may be behind the server's before a sale seems to be older than the session it was made in. */
const CLOCKS_APART_MS = 60_000;

/**
 * RFC 3339 in UTC, never before `since`; null for what is taken in as it is made, for a clock that is ahead of ours, and for
 * one that is more than OFFLINE_HOURS_MAX behind.
 */
export function takenAt(
  device: DeviceInput | undefined,
  { at, since = null }: { readonly at: string; readonly since?: string | null },
): string | null {
  if (device === undefined) return null;
  const [saidMs, atMs] = [Date.parse(device.clientTime), Date.parse(at)];
  const isBelieved = saidMs < atMs && atMs - saidMs <= OFFLINE_MS_MAX;
  if (!isBelieved) return null;
  const sinceMs = since === null ? saidMs : Date.parse(since);
  return new Date(Math.max(saidMs, sinceMs)).toISOString();
}

/**
 * The same of payments. A session that was closed since stays as it is: what it can take no more counts in the open one, and
 * so on its day, when it comes in.
 */
export function paidAt(
  taken: string | null,
  payments: readonly Pick<PaymentInput, 'tillId'>[],
  around: Surroundings,
): string | null {
  const tillId = payments.find((payment) => payment.tillId !== undefined)?.tillId;
  if (taken === null || tillId === undefined) return taken;
  const openedAt = sessionOpenedAt(tillFrom(around, tillId));
  const isLater = openedAt !== null && Date.parse(openedAt) > Date.parse(taken) + CLOCKS_APART_MS;
  return isLater ? null : taken;
}
