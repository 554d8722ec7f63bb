/**
 * What a pretended provider does with a message that it accepted: which statuses follow and after how long. The demo and the
 * fake provider of the tests share it. Pure but for the draws it is given.
 */
import { createHash } from 'node:crypto';

/** Milliseconds after the status before; both ends alike draw nothing. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Manner {
  /** After it was accepted. */
  readonly sent: Span;
  readonly delivered: Span;
  readonly read: Span;
  /** 0 to 1: of those that were delivered. */
  readonly reads: number;
  /** 0 to 1: reach the provider and nobody else. */
  readonly fails: number;
}

export interface PlannedStatus {
  readonly status: 'sent' | 'delivered' | 'read' | 'failed';
  /** After it was accepted. */
  readonly afterMs: number;
}

/** 0 up to, not including, 1. */
export type Draw = () => number;

/** Ascending in time. */
export function planStatuses(draw: Draw, manner: Manner): readonly PlannedStatus[] {
  const { sent, delivered, read, reads, fails } = manner;
  let afterMs = 0;
  const next = (status: PlannedStatus['status'], span: Span): PlannedStatus => {
    afterMs += lengthOf(span, draw);
    return { status, afterMs };
  };
  if (fails > 0 && draw() < fails) return [next('sent', sent), next('failed', delivered)];
  const isRead = draw() < reads;
  return [
    next('sent', sent),
    next('delivered', delivered),
    ...(isRead ? [next('read', read)] : []),
  ];
}

function lengthOf({ fromMs, toMs }: Span, draw: Draw): number {
  return toMs === fromMs ? fromMs : fromMs + Math.round(draw() * (toMs - fromMs));
}

const SHARE_MAX = 2 ** 32;

/** Draws that are the same whenever the text is: what becomes of a message does not change with a restart. */
export function drawsOf(text: string): Draw {
  let round = 0;
  return () => {
    round += 1;
    return createHash('sha256').update(`${round} ${text}`).digest().readUInt32BE(0) / SHARE_MAX;
  };
}
