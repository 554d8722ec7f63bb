/** People of a tenant as they are stored and shown. */
import { cursorInvalid } from '../../core/cursor.ts';
import { Failure } from '../../core/errors.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import { placeOf, type AccessContext, type Place } from '../context.ts';
import { rightsOf, type Assignment, type HeldRole, type Rights } from '../roles/combine.ts';

export const USER_PAGE_DEFAULT = 100;
export const USER_PAGE_MAX = 500;
/** Each name is unsealed; a business has fewer people than this. */
const COLLEAGUES_MAX = 500;

export type UserStatus = 'invited' | 'active' | 'disabled';

export interface UserView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly language: string;
  readonly status: UserStatus;
  readonly roles: readonly Assignment[];
  readonly hasTotp: boolean;
  readonly hasPin: boolean;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly signedInOn: string | null;
}

export interface UserPlace {
  readonly place: Place;
  readonly userId: string;
}

interface UserRow {
  readonly id: string;
  readonly email_sealed: Buffer;
  readonly name_sealed: Buffer;
  readonly language: string;
  readonly status: UserStatus;
  readonly has_totp: boolean;
  readonly has_pin: boolean;
  readonly created_at: string;
  readonly signed_in_on: string | null;
  readonly roles: readonly HeldRole[];
}

const ROLES = `coalesce((
  select json_agg(json_build_object('role', r.role, 'locations', r.locations,
           'ownShiftOnly', r.own_shift_only, 'amounts', r.amounts,
           'permissions', o.permissions) order by r.role)
  from access_user_roles r
  left join access_roles o on o.bucket = r.bucket and o.tenant = r.tenant and o.id = r.role
  where r.bucket = u.bucket and r.tenant = u.tenant and r.user_id = u.id
), '[]'::json) as roles`;
const COLUMNS = `u.id, u.email_sealed, u.name_sealed, u.language, u.status,
  u.totp_sealed is not null as has_totp, u.pin_hash is not null as has_pin,
  to_char(u.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at,
  u.signed_in_on::text as signed_in_on, ${ROLES}`;

/** A person with what their roles come to. */
export interface FoundUser {
  readonly view: UserView;
  readonly rights: Rights;
}

/** Errors: NOT_FOUND, in the same words for a person of another tenant. */
export async function readUser(
  context: AccessContext,
  { place, userId }: UserPlace,
  tx: Queryable = context.database,
): Promise<FoundUser> {
  const { rows } = await tx.query<UserRow>({
    text: `select ${COLUMNS} from access_users u
           where u.bucket = $1 and u.tenant = $2 and u.id = $3`,
    values: [place.bucket, place.tenant, userId],
  });
  const [row] = rows;
  if (row === undefined) throw new Failure('NOT_FOUND', 'There is no person with this id.');
  return foundOf(context, place, row);
}

const USER_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** People in the order they were made; `after` is the id of the last one seen. Errors: CURSOR_INVALID for what is no id. */
export async function listUsers(
  context: AccessContext,
  page: { readonly tenant: string; readonly after: string | null; readonly limit: number },
): Promise<{ items: readonly UserView[]; next: string | null; more: boolean }> {
  if (page.after !== null && !USER_ID.test(page.after)) throw cursorInvalid();
  const place = placeOf(context, page.tenant);
  const { rows } = await context.database.query<UserRow>({
    // Ids begin with the time they were made at, so the primary key is the order.
    text: `select ${COLUMNS} from access_users u
           where u.bucket = $1 and u.tenant = $2 and ($3::text is null or u.id > $3)
           order by u.id limit $4`,
    values: [place.bucket, place.tenant, page.after, page.limit + 1],
  });
  const items = rows.slice(0, page.limit).map((row) => foundOf(context, place, row).view);
  const more = rows.length > page.limit;
  return { items, next: more ? (items.at(-1)?.id ?? null) : null, more };
}

/** Names of people by id, for lists that show who did something. */
export async function namesOf(
  context: AccessContext,
  whose: { readonly place: Place; readonly ids: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const { place, ids } = whose;
  const { rows } = await context.database.query<{ id: string; name_sealed: Buffer }>({
    text: `select id, name_sealed from access_users
           where bucket = $1 and tenant = $2 and id = any($3::text[])`,
    values: [place.bucket, place.tenant, ids],
  });
  return new Map(
    rows.map(({ id, name_sealed }) => [
      id,
      context.secrets.open(name_sealed, [place.tenant, id, 'name']),
    ]),
  );
}

/** What everybody may know of the newest COLLEAGUES_MAX people of their tenant: who they are. */
export async function listColleagues(
  context: AccessContext,
  place: Place,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const { rows } = await context.database.query<{ id: string; name_sealed: Buffer }>({
    text: `select id, name_sealed from access_users
           where bucket = $1 and tenant = $2 order by id desc limit $3`,
    values: [place.bucket, place.tenant, COLLEAGUES_MAX],
  });
  return rows.map(({ id, name_sealed }) => ({
    id,
    name: context.secrets.open(name_sealed, [place.tenant, id, 'name']),
  }));
}

function foundOf(context: AccessContext, { tenant }: Place, row: UserRow): FoundUser {
  const { secrets, known } = context;
  return {
    rights: rightsOf(row.roles, tenant, known),
    view: {
      id: row.id,
      email: secrets.open(row.email_sealed, [tenant, row.id, 'email']),
      name: secrets.open(row.name_sealed, [tenant, row.id, 'name']),
      language: row.language,
      status: row.status,
      roles: row.roles.map(({ role, locations, ownShiftOnly, amounts }) => ({
        role,
        locations,
        ownShiftOnly,
        amounts,
      })),
      hasTotp: row.has_totp,
      hasPin: row.has_pin,
      createdAt: row.created_at,
      signedInOn: row.signed_in_on,
    },
  };
}

/** The form in which two spellings of one address are one. */
export function plainEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}

/** What a person is found by at sign-in. */
export function emailHashOf({ secrets }: AccessContext, tenant: string, email: string): Buffer {
  return secrets.hash(['email', tenant, plainEmail(email)]);
}
