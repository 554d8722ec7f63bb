/**
 * Proof of work before a session: a number that makes SHA-256 of `{text}:{number}` begin with as many zero bits as the
 * challenge asks. It costs a visitor a few milliseconds and a flood its processors, and needs no outside service. The
 * text is signed and kept nowhere; the session gets the id that stands in it, so that a proof starts one session, in
 * whatever process, for good.
 */
import type { Clock } from '../../core/clock.ts';
import { createSlidingCounts } from '../../core/sliding-counts.ts';
import { sha256Bytes } from '../../http/modules/digests.ts';

/** About a thousand hashes: 5 ms on a laptop, 50 ms on an old phone. */
export const DIFFICULTY_BITS_MIN = 10;
/** Four million: a minute on a phone, which nobody waits for by mistake. */
export const DIFFICULTY_BITS_MAX = 22;
/** So many challenges for one address are what a family or a small office asks for. */
const QUIET_CHALLENGES = 20;
/** Time to read the first page and solve. */
export const CHALLENGE_MINUTES = 30;
const LOAD_WINDOW_MINUTES = 10;
/** Of addresses; about 10 MB. */
const ADDRESSES_MAX = 100_000;

const MINUTE_MS = 60_000;
/** 128 bits. */
const MAC_CHARACTERS = 22;
const NUMBER_MAX = 2 ** 48;

export interface Challenge {
  readonly algorithm: 'SHA-256';
  readonly text: string;
  /** Zero bits. */
  readonly difficulty: number;
  /** RFC 3339. */
  readonly expiresAt: string;
}

export interface ChallengePlace {
  readonly tenant: string;
  readonly quizId: string;
}

export interface Proof {
  readonly challenge: string;
  readonly number: number;
}

export interface Challenges {
  /** Harder the more challenges the address has asked for lately. */
  issue(place: ChallengePlace, client: string): Promise<Challenge>;
  /** The id that the session gets; null for a proof that is none, of another quiz, or too late. */
  open(place: ChallengePlace, proof: Proof): Promise<string | null>;
}

/** `secret` has 32 bytes or more, the same in every process. */
export function createChallenges(options: {
  readonly secret: Uint8Array<ArrayBuffer>;
  readonly clock: Clock;
}): Challenges {
  const { secret, clock } = options;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = crypto.subtle.importKey('raw', secret, algorithm, false, ['sign']);
  const load = createSlidingCounts({
    windowMs: LOAD_WINDOW_MINUTES * MINUTE_MS,
    keysMax: ADDRESSES_MAX,
  });

  async function macOf({ tenant, quizId }: ChallengePlace, head: string): Promise<string> {
    const message = JSON.stringify(['comptoir quiz challenge 1', tenant, quizId, head]);
    const mac = await crypto.subtle.sign('HMAC', await key, new TextEncoder().encode(message));
    return base64Url(mac).slice(0, MAC_CHARACTERS);
  }

  return {
    async issue(place, client) {
      const nowMs = clock.nowMs();
      const difficulty = difficultyFor(load.add(client, nowMs));
      const expiresMs = nowMs + CHALLENGE_MINUTES * MINUTE_MS;
      const head = `${newSessionId(nowMs)}.${difficulty}.${expiresMs}`;
      const text = `${head}.${await macOf(place, head)}`;
      const expiresAt = new Date(expiresMs).toISOString();
      return { algorithm: 'SHA-256', text, difficulty, expiresAt };
    },
    async open(place, { challenge, number }) {
      const parts = /^(([0-9a-f]{32})\.(\d{1,2})\.(\d{1,15}))\.([A-Za-z0-9_-]{22})$/.exec(
        challenge,
      );
      const [, head = '', sessionId = '', difficulty = '', expiresMs = '', mac = ''] = parts ?? [];
      if (parts === null || Number(expiresMs) < clock.nowMs()) return null;
      if (number < 0 || number > NUMBER_MAX || !Number.isInteger(number)) return null;
      if (!isEqual(await macOf(place, head), mac)) return null;
      const zeros = zeroBitsOf(`${challenge}:${number}`);
      return zeros >= Number(difficulty) ? sessionId : null;
    },
  };
}

/** One bit more each time the load doubles. */
export function difficultyFor(challenges: number): number {
  const doublings = Math.floor(Math.log2(Math.max(1, challenges / QUIET_CHALLENGES)));
  return Math.min(DIFFICULTY_BITS_MAX, DIFFICULTY_BITS_MIN + doublings);
}

/** Zero bits at the beginning of SHA-256. */
export function zeroBitsOf(text: string): number {
  let bits = 0;
  for (const byte of sha256Bytes(text)) {
    bits += Math.clz32(byte) - 24;
    if (byte !== 0) break;
  }
  return bits;
}

/** 128 bits in base64url. */
export function newToken(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(16)).buffer);
}

/** Begins with the time, as UUIDs of version 7 do, so that streams begun together lie together in the database. */
export function newSessionId(nowMs: number): string {
  const random = crypto.getRandomValues(new Uint8Array(10));
  const time = Math.floor(nowMs).toString(16).padStart(12, '0').slice(-12);
  return time + [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function base64Url(bytes: ArrayBuffer): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** In a time that does not tell how much of it is right. */
function isEqual(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let differences = 0;
  for (let index = 0; index < one.length; index += 1)
    differences |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return differences === 0;
}
