/**
 * The second factor of a person: enrolled with a first code, used with one code a step, replaced by recovery codes.
 *
 *   none --begin--> pending --confirm(code)--> on --remove(password)--> none
 *
 * A pending secret asks nobody for codes; beginning again replaces it.
 */
import { randomBytes } from 'node:crypto';
import { Failure } from '../../core/errors.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { AccessContext } from '../context.ts';
import { readUser, type UserPlace } from '../users/user-rows.ts';
import { newTotpSecret, stepOfCode, toBase32, totpUri } from './totp.ts';

const RECOVERY_CODES = 10;
/** 80 bits each in 16 letters; ASVS 6.5.2 wants no less than 20 bits for codes that are used once. */
const RECOVERY_CODE_BYTES = 10;

/** Errors: NOT_FOUND. */
export async function beginTotp(
  context: AccessContext,
  whose: UserPlace,
): Promise<{ readonly secret: string; readonly uri: string }> {
  const { place, userId } = whose;
  const secret = newTotpSecret();
  const { view } = await readUser(context, whose);
  await context.database.query({
    text: `update access_users set totp_pending = $4
           where bucket = $1 and tenant = $2 and id = $3`,
    values: [
      place.bucket,
      place.tenant,
      userId,
      context.secrets.seal(secret, [place.tenant, userId, 'totp']),
    ],
  });
  return { secret, uri: totpUri(secret, view.email) };
}

/** Turns the second factor on and answers with recovery codes, shown once. Errors: INPUT_INVALID for a wrong code. */
export async function confirmTotp(
  context: AccessContext,
  tx: Queryable,
  asked: UserPlace & { readonly code: string },
): Promise<readonly string[]> {
  const { place, userId, code } = asked;
  const values = [place.bucket, place.tenant, userId];
  const { rows } = await tx.query<{ totp_pending: Buffer | null }>({
    text: `select totp_pending from access_users
           where bucket = $1 and tenant = $2 and id = $3 for update`,
    values,
  });
  const pending = rows[0]?.totp_pending ?? null;
  const secret =
    pending === null ? null : context.secrets.open(pending, [place.tenant, userId, 'totp']);
  const step = secret === null ? null : stepOfCode(secret, code, context.clock.nowMs());
  if (step === null)
    throw new Failure('INPUT_INVALID', 'The code is not one of the secret that was shown last.', {
      errors: [{ at: '/code', message: 'is not right', code: 'CODE_WRONG' }],
    });
  await tx.query({
    text: `update access_users
           set totp_sealed = totp_pending, totp_pending = null, totp_last_step = $4
           where bucket = $1 and tenant = $2 and id = $3`,
    values: [...values, step],
  });
  return renewRecoveryCodes(context, tx, asked);
}

/** Ten new codes in the place of all old ones. */
export async function renewRecoveryCodes(
  context: AccessContext,
  tx: Queryable,
  { place, userId }: UserPlace,
): Promise<readonly string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  const values = [place.bucket, place.tenant, userId];
  await tx.query({
    text: 'delete from access_recovery_codes where bucket = $1 and tenant = $2 and user_id = $3',
    values,
  });
  await tx.query({
    text: `insert into access_recovery_codes (bucket, tenant, user_id, code_hash)
           select $1, $2, $3, unnest($4::bytea[])`,
    values: [...values, codes.map((code) => recoveryHash(context, { place, userId, code }))],
  });
  return codes;
}

/** Takes a code of the app or a recovery code, each once. False when it is wrong or was taken before. */
export async function takeCode(
  context: AccessContext,
  asked: UserPlace & { readonly code: string },
): Promise<boolean> {
  return /^\d{6}$/.test(asked.code) ? takeStep(context, asked) : takeRecovery(context, asked);
}

async function takeStep(
  context: AccessContext,
  { place, userId, code }: UserPlace & { readonly code: string },
): Promise<boolean> {
  const values = [place.bucket, place.tenant, userId];
  const { rows } = await context.database.query<{ totp_sealed: Buffer | null }>({
    text: 'select totp_sealed from access_users where bucket = $1 and tenant = $2 and id = $3',
    values,
  });
  const sealed = rows[0]?.totp_sealed ?? null;
  if (sealed === null) return false;
  const secret = context.secrets.open(sealed, [place.tenant, userId, 'totp']);
  const step = stepOfCode(secret, code, context.clock.nowMs());
  if (step === null) return false;
  const { rowCount } = await context.database.query({
    // Of two that show one code at once, the second finds its step taken. Earlier steps are gone with it.
    text: `update access_users set totp_last_step = $4
           where bucket = $1 and tenant = $2 and id = $3
             and (totp_last_step is null or totp_last_step < $4)`,
    values: [...values, step],
  });
  return rowCount === 1;
}

async function takeRecovery(
  context: AccessContext,
  asked: UserPlace & { readonly code: string },
): Promise<boolean> {
  const { place, userId } = asked;
  const { rowCount } = await context.database.query({
    text: `update access_recovery_codes set used_at = now()
           where bucket = $1 and tenant = $2 and user_id = $3 and code_hash = $4 and used_at is null`,
    values: [place.bucket, place.tenant, userId, recoveryHash(context, asked)],
  });
  return rowCount === 1;
}

function recoveryHash(
  { secrets }: AccessContext,
  { place, userId, code }: UserPlace & { readonly code: string },
): Buffer {
  const plain = code.replaceAll(/[\s-]/g, '').toUpperCase();
  return secrets.hash(['recovery', place.tenant, userId, plain]);
}

/** `ABCD-EFGH-IJKL-MNOP`. */
function newRecoveryCode(): string {
  const letters = toBase32(randomBytes(RECOVERY_CODE_BYTES));
  return letters.match(/.{4}/g)?.join('-') ?? letters;
}
