/** Who is signed in proves it again before their password, PIN or second factor changes (ASVS 7.5.1). */
import { Failure } from '../../core/errors.ts';
import type { AccessContext } from '../context.ts';
import type { UserPlace } from '../users/user-rows.ts';
import { beginTry, takeTryBack } from './attempts.ts';

/** Errors: UNAUTHENTICATED when the password is wrong, RATE_LIMITED, OVERLOADED. */
export async function confirmPassword(
  context: AccessContext,
  whose: UserPlace,
  password: string,
): Promise<void> {
  const { place, userId } = whose;
  const hash = context.secrets.hash(['try', 'confirm', place.tenant, userId]);
  const tried = { bucket: place.bucket, counters: [{ kind: 'known', hash } as const] };
  await beginTry(context, tried);
  const { rows } = await context.database.query<{ password_hash: string | null }>({
    text: 'select password_hash from access_users where bucket = $1 and tenant = $2 and id = $3',
    values: [place.bucket, place.tenant, userId],
  });
  const isRight = await context.hasher
    .matches(password, rows[0]?.password_hash ?? null)
    .catch(async (error: unknown) => {
      // What never was looked at does not count.
      await takeTryBack(context, { ...tried, clean: false });
      throw error;
    });
  if (!isRight) throw new Failure('UNAUTHENTICATED', 'The password is wrong.');
  await takeTryBack(context, { ...tried, clean: true });
}
