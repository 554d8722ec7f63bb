/**
 * The way back in when nobody can sign in any more: an owner by e-mail, made where there is none, and a link of an hour
 * that sets their password and takes their second factor away. Asked for with an installation's admin key, which lies in
 * the data folder of the server (`comptoir access break-glass`); recorded before it is answered.
 */
import { Failure } from '../core/errors.ts';
import { lockTenant, placeOf, type AccessContext, type Asker } from './context.ts';
import { makeLink, type MadeLink } from './links/links.ts';
import { OWNER } from './roles/built-in-roles.ts';
import { revokeSessionsOf } from './sessions/sessions.ts';
import { emailHashOf } from './users/user-rows.ts';
import { insertUser } from './users/write-users.ts';

/** Errors: NOT_FOUND for a tenant that there is not; UNAVAILABLE when it cannot be recorded. */
export async function breakGlass(
  context: AccessContext,
  asker: Asker,
  asked: { readonly tenant: string; readonly email: string },
): Promise<{ readonly userId: string; readonly link: MadeLink }> {
  const { tenant, email } = asked;
  const place = placeOf(context, tenant);
  const { rows: tenants } = await context.database.query({
    text: 'select id from tenants where bucket = $1 and id = $2',
    values: [place.bucket, tenant],
  });
  if (tenants.length === 0) throw new Failure('NOT_FOUND', 'There is no tenant with this id.');
  await context.audit.record({
    tenant,
    class: 'security',
    action: 'break-glass.used',
    actor: asker.principal.keyId,
    address: asker.address,
    traceId: asker.traceId,
  });
  const made = await context.database.transaction(async (tx) => {
    await lockTenant(tx, place);
    const { rows } = await tx.query<{ id: string }>({
      text: `update access_users set status = case when password_hash is null then 'invited' else 'active' end
             where bucket = $1 and tenant = $2 and email_hash = $3 returning id`,
      values: [place.bucket, tenant, emailHashOf(context, tenant, email)],
    });
    const user = { email, name: 'Owner', language: 'en', roles: [], place };
    const userId = rows[0]?.id ?? (await insertUser(context, tx, user));
    await tx.query({
      // Whatever rules the role was given under before: an owner of an emergency has none.
      text: `insert into access_user_roles (bucket, tenant, user_id, role)
             values ($1, $2, $3, $4)
             on conflict (bucket, tenant, user_id, role)
             do update set locations = null, own_shift_only = false, amounts = '{}'`,
      values: [place.bucket, tenant, userId, OWNER],
    });
    await revokeSessionsOf(tx, { place, userId });
    const createdBy = asker.principal.keyId;
    const link = await makeLink(context, tx, { place, userId, kind: 'break-glass', createdBy });
    return { userId, link };
  });
  context.forget();
  return made;
}
