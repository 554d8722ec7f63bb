/**
 * Who works at the demo: one person for each built-in role. Their password is known to everybody, so it is set only by a
 * server that nobody else can reach, and taken away again by the first start that others can reach.
 *
 *   nobody -> (loopback) known password | (open to others) no password, a one-time link for the owner
 *   known password -> (a start open to others) no password, sessions ended, a one-time link for the owner
 */
import { lockTenant, placeOf, type AccessContext, type Place } from '../access/context.ts';
import { makeLink, setPassword } from '../access/links/links.ts';
import { OWNER } from '../access/roles/built-in-roles.ts';
import { revokeSessionsOf } from '../access/sessions/sessions.ts';
import { emailHashOf } from '../access/users/user-rows.ts';
import { insertUser } from '../access/users/write-users.ts';
import type { Queryable } from '../platform/postgres/database.ts';
import { DEMO_TENANT } from './seed-demo.ts';

/** No secret: it stands in the documentation. */
export const DEMO_PASSWORD = 'le comptoir est ouvert';
export const DEMO_OWNER_EMAIL = 'demo@localhost';
const ACTOR = 'server:demo';

interface DemoPerson {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly language: string;
}

/** Invented names. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { email: DEMO_OWNER_EMAIL, name: 'Camille Aubertin', role: OWNER, language: 'en' },
  { email: 'manager@localhost', name: 'Mikołaj Chastel', role: 'manager', language: 'pl' },
  { email: 'staff@localhost', name: 'Léa Fontanel', role: 'staff', language: 'en' },
  { email: 'kitchen@localhost', name: 'João Pradier', role: 'kitchen', language: 'pt-BR' },
  { email: 'marketing@localhost', name: 'Zofia Orsay', role: 'marketing', language: 'en' },
  { email: 'auditor@localhost', name: 'Hugo Valmont', role: 'auditor', language: 'en' },
  { email: 'engineer@localhost', name: 'Inès Tavernay', role: 'engineer', language: 'en' },
];

/** What `npm start` says of the demo's people. */
export type DemoLogins =
  | { readonly kind: 'known'; readonly email: string; readonly password: string }
  /** For the owner, once; of 24 hours. Nobody has a password. */
  | { readonly kind: 'link'; readonly email: string; readonly token: string }
  /** They changed what they were given: nothing to say. */
  | { readonly kind: 'own' };

/**
 * Makes the people of a demo that has nobody, and sees to it that no known password stands where others can reach the
 * server. Repeating it changes nothing. Whether the demo was deleted, the caller knows.
 */
export async function ensureDemoPeople(
  context: AccessContext,
  reach: { readonly isLoopback: boolean },
): Promise<DemoLogins> {
  const place = placeOf(context, DEMO_TENANT);
  const isNew = (await passwordsOf(context, place)).size === 0;
  if (isNew && !reach.isLoopback) return linkFor(context, place, await makePeople(context, place));
  if (isNew) {
    const passwordHash = await context.hasher.hash(DEMO_PASSWORD);
    await makePeople(context, place, passwordHash);
  }
  if (reach.isLoopback) {
    const stored = (await passwordsOf(context, place)).get(DEMO_OWNER_EMAIL)?.passwordHash ?? null;
    return (await context.hasher.matches(DEMO_PASSWORD, stored))
      ? { kind: 'known', email: DEMO_OWNER_EMAIL, password: DEMO_PASSWORD }
      : { kind: 'own' };
  }
  const ownerId = await takeKnownPasswords(context, place);
  return ownerId === null ? { kind: 'own' } : linkFor(context, place, ownerId);
}

/**
 * Where the demo is switched off its people stay, and so would their passwords: a server that others can reach takes them
 * all the same. Nothing is made, and nobody is given a link.
 */
export async function forbidKnownPasswords(context: AccessContext): Promise<void> {
  await takeKnownPasswords(context, placeOf(context, DEMO_TENANT));
}

/** The id of the owner, who is among them also when another process was faster. */
async function makePeople(
  context: AccessContext,
  place: Place,
  passwordHash?: string,
): Promise<string | null> {
  const made = await context.database.transaction(async (tx) => {
    await lockTenant(tx, place);
    if ((await passwordsOf(context, place, tx)).size > 0) return null;
    let ownerId: string | null = null;
    for (const { role, ...person } of DEMO_PEOPLE) {
      const roles = [{ role, locations: null, ownShiftOnly: false, amounts: {} }];
      const userId = await insertUser(context, tx, { ...person, roles, place });
      ownerId ??= userId;
      // One hash for all: whoever knows one of these passwords knows them all anyway.
      if (passwordHash !== undefined) await setPassword(tx, { place, userId, passwordHash });
    }
    return ownerId;
  });
  if (made !== null) note(context, 'user.made', { roles: DEMO_PEOPLE.map(({ role }) => role) });
  return made;
}

async function linkFor(
  context: AccessContext,
  place: Place,
  userId: string | null,
): Promise<DemoLogins> {
  if (userId === null) return { kind: 'own' };
  const request = { place, userId, kind: 'password', createdBy: ACTOR } as const;
  const { token } = await makeLink(context, context.database, request);
  return { kind: 'link', email: DEMO_OWNER_EMAIL, token };
}

/** The id of the owner where it was among those that lost the known password. */
async function takeKnownPasswords(context: AccessContext, place: Place): Promise<string | null> {
  let ownerId: string | null = null;
  let taken = 0;
  for (const [email, { id, passwordHash }] of await passwordsOf(context, place)) {
    if (!(await context.hasher.matches(DEMO_PASSWORD, passwordHash))) continue;
    await context.database.transaction(async (tx) => {
      await tx.query({
        // By primary key, and only while it is still the known one.
        text: `update access_users set password_hash = null,
                 status = case when status = 'active' then 'invited' else status end
               where bucket = $1 and tenant = $2 and id = $3 and password_hash = $4`,
        values: [place.bucket, place.tenant, id, passwordHash],
      });
      await revokeSessionsOf(tx, { place, userId: id });
    });
    taken += 1;
    if (email === DEMO_OWNER_EMAIL) ownerId = id;
  }
  if (taken > 0) {
    context.forget();
    note(context, 'user.known-passwords-taken', { people: taken });
  }
  return ownerId;
}

interface Held {
  readonly id: string;
  readonly passwordHash: string | null;
}

/** Everybody of the demo; those that we made by their e-mail, others by their id. */
async function passwordsOf(
  context: AccessContext,
  place: Place,
  tx: Queryable = context.database,
): Promise<ReadonlyMap<string, Held>> {
  const { rows } = await tx.query<{
    id: string;
    email_hash: Buffer;
    password_hash: string | null;
  }>({
    text: `select id, email_hash, password_hash from access_users
           where bucket = $1 and tenant = $2 order by id`,
    values: [place.bucket, place.tenant],
  });
  const emails = new Map(
    DEMO_PEOPLE.map(({ email }) => [
      emailHashOf(context, place.tenant, email).toString('hex'),
      email,
    ]),
  );
  return new Map(
    rows.map(({ id, email_hash, password_hash }) => [
      emails.get(email_hash.toString('hex')) ?? id,
      { id, passwordHash: password_hash },
    ]),
  );
}

function note(context: AccessContext, action: string, after: object): void {
  const from = { tenant: DEMO_TENANT, class: 'security', actor: ACTOR, address: null } as const;
  context.audit.note({ ...from, action, after });
}

/** Sentences for whoever started the server; `url` is where it listens. */
export function toldLogins(logins: DemoLogins, url: string): readonly string[] {
  if (logins.kind === 'own') return [];
  const console = url.replace(/\/$/, '');
  if (logins.kind === 'link')
    return [
      `Nobody of the tenant ${DEMO_TENANT} has a password, because others can reach this server. Set that of ${logins.email} ` +
        `with this link, shown once: ${console}/link#${logins.token}`,
    ];
  const others = DEMO_PEOPLE.filter(({ email }) => email !== logins.email).map(({ role }) => role);
  return [
    `Sign in at ${console}/?tenant=${DEMO_TENANT} to the business ${DEMO_TENANT} as ${logins.email} with the password "${logins.password}". ` +
      `Same password for ${others.join('@localhost, ')}@localhost.`,
  ];
}
