/**
 * How many requests somebody may send: per key, user or device where somebody is known, per address where nobody is, and
 * apart for each class of routes. The port; one that processes share answers with a promise.
 *
 * Headers of answers: RateLimit and RateLimit-Policy of draft-ietf-httpapi-ratelimit-headers-10 (2025-09-23).
 */
import type { RateLimitState } from '../problem.ts';

export type RateSubject = 'key' | 'user' | 'device' | 'address';

/** What a request costs whom: reading and writing, files of everything, and what is open to everybody. */
export type RateClass = 'read' | 'write' | 'export' | 'public' | 'open';

export interface RateRequest {
  readonly subject: RateSubject;
  /** Id of the key, user or device, with its tenant; else the client's network. */
  readonly id: string;
  readonly class: RateClass;
}

export interface RateTaken extends RateLimitState {
  /** False: nothing was counted, and `resetSeconds` is when the next one passes. */
  readonly allowed: boolean;
}

export interface RateLimits {
  take(request: RateRequest): RateTaken | Promise<RateTaken>;
}

export interface Quota {
  readonly requests: number;
  readonly windowSeconds: number;
}

const MINUTE = 60;
const perMinute = (requests: number): Quota => ({ requests, windowSeconds: MINUTE });

/** 20,000 a second: more than one process serves, so what it stops is a program in a loop before it stops others. */
const FAST = perMinute(1_200_000);
/** 200 a second: a screen that shows twenty lists and reads each of them ten times a second. */
const SCREEN = perMinute(12_000);
/** A file reads a whole list: five a second for a minute is a mistake. */
const FILES = perMinute(300);
/** 100 a second from one address: a crowd behind one connection of a hotel, each reading a menu. */
const CROWD = perMinute(6_000);
/** Documents and sign-ins; guessing has limits of its own, far below. */
const DOOR = perMinute(3_000);

/** Above every load that the server is measured at; ingest is no class, because admission control bounds it. */
export const QUOTAS: Readonly<Record<RateSubject, Readonly<Record<RateClass, Quota>>>> = {
  key: { read: FAST, write: FAST, export: FILES, public: CROWD, open: DOOR },
  user: { read: SCREEN, write: SCREEN, export: FILES, public: CROWD, open: DOOR },
  device: { read: SCREEN, write: SCREEN, export: FILES, public: CROWD, open: DOOR },
  address: { read: CROWD, write: CROWD, export: FILES, public: CROWD, open: DOOR },
};
