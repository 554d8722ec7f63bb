/**
 * Links that let somebody in without a sign-in. A token has 128 bits and one purpose, ends by itself, can be revoked, and
 * only its SHA-256 is kept, so that whoever reads the database has no way in.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import type { Database } from '../../platform/postgres/database.ts';

export type LinkPurpose = 'order' | 'waiting' | 'me';

/** More than one address is on file for. */
export const SUBJECTS_MAX = 20;

/**
 * An order is over by the next morning. A place on the waiting list is asked for weeks ahead. A link to all that is kept
 * about somebody is read from a mailbox at once, or by somebody else later.
 */
export const LINK_MINUTES: Readonly<Record<LinkPurpose, number>> = {
  order: 24 * 60,
  waiting: 90 * 24 * 60,
  me: 60,
};

const MINUTE_MS = 60_000;
const TOKEN_BYTES = 16;
/** 128 bits in base64url. */
const TOKEN = /^[A-Za-z0-9_-]{22}$/;
/** Kept after its end for no purpose but that a sweep need not run often. */
const SWEEP_BATCH = 1_000;

export interface IssuedLink {
  readonly token: string;
  /** RFC 3339. */
  readonly expiresAt: string;
}

export interface OpenedLink {
  readonly subjects: readonly string[];
  readonly expiresAt: string;
}

export interface LinkPlace {
  readonly tenant: string;
  readonly purpose: LinkPurpose;
}

export interface Links {
  /** `token`: one that was made for the message it goes out in, instead of a random one. */
  issue(place: LinkPlace, subjects: readonly string[], token?: string): Promise<IssuedLink>;
  /** Null for a token that is none, of another tenant or purpose, over, or revoked: these cannot be told apart. */
  open(place: LinkPlace, token: string): Promise<OpenedLink | null>;
  /** Ends all links of this purpose that open the subject; answers how many there were. */
  revoke(place: LinkPlace, subject: string): Promise<number>;
  /** Removes what is over. Answers how many went. */
  sweep(): Promise<number>;
}

export function createLinks({
  database,
  clock,
}: {
  readonly database: Database;
  readonly clock: Clock;
}): Links {
  const now = (): string => new Date(clock.nowMs()).toISOString();
  return {
    async issue({ tenant, purpose }, subjects, given) {
      const token = given ?? randomBytes(TOKEN_BYTES).toString('base64url');
      const expiresAt = new Date(clock.nowMs() + LINK_MINUTES[purpose] * MINUTE_MS).toISOString();
      await database.query({
        text: `insert into public_links (tenant, token_hash, purpose, subjects, created_at, expires_at)
          values ($1, $2, $3, $4, $5, $6)`,
        values: [tenant, hashOf(token), purpose, subjects, now(), expiresAt],
      });
      return { token, expiresAt };
    },
    async open({ tenant, purpose }, token) {
      if (!TOKEN.test(token)) return null;
      const { rows } = await database.query<{ subjects: string[]; expires_at: string }>({
        text: `select subjects, expires_at from public_links
          where tenant = $1 and token_hash = $2 and purpose = $3 and revoked_at is null and expires_at > $4`,
        values: [tenant, hashOf(token), purpose, now()],
      });
      const row = rows[0];
      if (row === undefined) return null;
      return { subjects: row.subjects, expiresAt: new Date(row.expires_at).toISOString() };
    },
    async revoke({ tenant, purpose }, subject) {
      // Index public_links_by_subject: a handful of rows have the subject.
      const { rowCount } = await database.query({
        text: `update public_links set revoked_at = $4
          where subjects @> array[$3] and tenant = $1 and purpose = $2 and revoked_at is null`,
        values: [tenant, purpose, subject, now()],
      });
      return rowCount;
    },
    sweep: () => sweep(database, now()),
  };
}

/** Crosses tenants. Index public_links_by_end; rows that another sweep holds are left to it. */
async function sweep(database: Database, at: string): Promise<number> {
  const { rowCount } = await database.query({
    text: `delete from public_links where (tenant, token_hash) in (
        select tenant, token_hash from public_links where expires_at < $1
        order by expires_at limit $2 for update skip locked)`,
    values: [at, SWEEP_BATCH],
  });
  return rowCount;
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
