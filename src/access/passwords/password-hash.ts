/**
 * argon2id (RFC 9106) with the parameters of OWASP's Password Storage Cheat Sheet: m = 19 MiB, t = 2, p = 1. Measured on
 * two cores: 54 ms a hash. It runs in libuv's pool of four threads, which file system and compression of the log share:
 * one at a time leaves them three.
 */
import { argon2, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { createLane } from '../lane.ts';
import { sameBytes } from '../sealing.ts';

const MEMORY_KIB = 19_456;
const PASSES = 2;
const PARALLELISM = 1;
const TAG_BYTES = 32;
const SALT_BYTES = 16;

/** From four cores on, a second one costs orders nothing. */
const HASHES_AT_ONCE = availableParallelism() >= 4 ? 2 : 1;
/** About two seconds of work: whoever would wait longer is told to come again. */
const HASHES_WAITING_MAX = 32;
const RETRY_AFTER_SECONDS = 2;

export interface PasswordHasher {
  /** A PHC string with a salt of its own. Errors: OVERLOADED. */
  hash(password: string): Promise<string>;
  /** Whether the password is the one of `stored`. With null, for nobody, it costs the same and is false. Errors: OVERLOADED. */
  matches(password: string, stored: string | null): Promise<boolean>;
}

export function createPasswordHasher(): PasswordHasher {
  const lane = createLane({
    atOnce: HASHES_AT_ONCE,
    waitingMax: HASHES_WAITING_MAX,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
  const nobody = { salt: randomBytes(SALT_BYTES), tag: randomBytes(TAG_BYTES) };
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      return phcOf({ salt, tag: await lane.run(() => tagOf(password, salt)) });
    },
    async matches(password, stored) {
      const { salt, tag } = stored === null ? nobody : parsed(stored);
      const made = await lane.run(() => tagOf(password, salt));
      return sameBytes(made, tag) && stored !== null;
    },
  };
}

function tagOf(password: string, salt: Buffer): Promise<Buffer> {
  const parameters = {
    // Two ways to type one letter are one password (NIST SP 800-63B, section 3.1.1.2).
    message: password.normalize('NFC'),
    nonce: salt,
    parallelism: PARALLELISM,
    tagLength: TAG_BYTES,
    memory: MEMORY_KIB,
    passes: PASSES,
  };
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, tag) => {
      if (error === null) resolve(tag);
      else reject(error);
    });
  });
}

interface SaltAndTag {
  readonly salt: Buffer;
  readonly tag: Buffer;
}

const HEAD = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$`;

function phcOf({ salt, tag }: SaltAndTag): string {
  return `${HEAD}${base64(salt)}$${base64(tag)}`;
}

/** Other parameters than today's would be another head; they come with the release that changes them. */
function parsed(stored: string): SaltAndTag {
  const [salt, tag] = stored.startsWith(HEAD) ? stored.slice(HEAD.length).split('$') : [];
  if (salt === undefined || tag === undefined) throw new Error('a stored password cannot be read');
  return { salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') };
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
