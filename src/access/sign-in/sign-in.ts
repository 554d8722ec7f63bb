/**
 * Sign-in by password and, where there is one, second factor. Unknown e-mails take the steps and the time of known ones,
 * and every refusal says the same. A try is counted before it is looked at (attempts.ts).
 */
import { Failure } from '../../core/errors.ts';
import { placeOf, type AccessContext, type Origin, type Place } from '../context.ts';
import type { Lane } from '../lane.ts';
import { DEFAULT_TENANT } from '../principal.ts';
import { newBrowserId } from '../sessions/session-token.ts';
import { openSession } from '../sessions/sessions.ts';
import { takeCode } from '../totp/second-factor.ts';
import { emailHashOf, plainEmail } from '../users/user-rows.ts';
import { beginTry, takeTryBack, type Counter } from './attempts.ts';
import { networkOf } from './network.ts';

/** Browsers and addresses that one person is known at; the one seen longest ago leaves. */
const KNOWN_PLACES_MAX = 20;

/** Sign-ins looked at together: they share the database's connections with orders. */
export const SIGN_IN_LANE = { atOnce: 3, waitingMax: 48, retryAfterSeconds: 3 } as const;

export interface SignInRequest {
  readonly tenant: string;
  readonly email: string;
  readonly password: string;
  readonly code?: string | undefined;
}

/** What the browser tells of itself. */
export interface Browser extends Origin {
  readonly agent: string;
  readonly browserId: string | null;
}

export interface SignedIn {
  readonly place: Place;
  readonly userId: string;
  readonly sessionId: string;
  readonly token: string;
  /** To be kept by the browser, by which it is known next time. */
  readonly browserId: string;
}

interface Candidate {
  readonly id: string | null;
  readonly password_hash: string | null;
  readonly totp_sealed: Buffer | null;
  readonly known_places: readonly Buffer[];
  readonly has_tenant: boolean;
}

export type SignIn = (request: SignInRequest, browser: Browser) => Promise<SignedIn>;

/** Errors of a sign-in: UNAUTHENTICATED, CODE_REQUIRED, RATE_LIMITED, OVERLOADED. */
export function createSignIn(context: AccessContext, lane: Lane): SignIn {
  return (request, browser) => lane.run(() => signIn(context, request, browser));
}

async function signIn(
  context: AccessContext,
  request: SignInRequest,
  browser: Browser,
): Promise<SignedIn> {
  const { tenant, email } = request;
  const place = placeOf(context, tenant);
  const emailHash = emailHashOf(context, tenant, email);
  const places = placesOf(context, emailHash, browser);
  const candidate = await findCandidate(context, { place, emailHash, places });
  const counters = countersOf(context, { tenant, email, browser, places, candidate });
  const tried = { bucket: place.bucket, counters };
  const refuse = (error: unknown): never => {
    noteRefusal(context, { candidate, tenant, browser, error });
    throw error;
  };
  await beginTry(context, tried).catch(refuse);
  try {
    const userId = await checked(context, { place, candidate, request });
    const opened = await enter(context, { place, userId, browser, emailHash });
    await takeTryBack(context, { ...tried, clean: true });
    context.audit.note({
      tenant,
      class: 'security',
      action: 'session.opened',
      actor: `user:${userId}`,
      address: browser.address,
      traceId: browser.traceId,
      subject: `session/${opened.sessionId}`,
    });
    return opened;
  } catch (error) {
    // A wrong password or code stays counted; what never was looked at does not.
    if (!(error instanceof Failure) || error.code !== 'UNAUTHENTICATED')
      await takeTryBack(context, { ...tried, clean: false });
    return refuse(error);
  }
}

/** The id of the person when password and code are right. */
async function checked(
  context: AccessContext,
  asked: { readonly place: Place; readonly candidate: Candidate; readonly request: SignInRequest },
): Promise<string> {
  const { place, candidate, request } = asked;
  const isRight = await context.hasher.matches(request.password, candidate.password_hash);
  if (!isRight || candidate.id === null) throw wrong();
  if (candidate.totp_sealed === null) return candidate.id;
  if (request.code === undefined)
    throw new Failure('CODE_REQUIRED', 'Send the code of the authenticator app as `code`.');
  if (!(await takeCode(context, { place, userId: candidate.id, code: request.code })))
    throw wrong();
  return candidate.id;
}

function wrong(): Failure {
  return new Failure('UNAUTHENTICATED', 'The e-mail, the password or the code is wrong.');
}

/** Where this browser is, as far as a person may be known there: by its own id, and by its address. */
function placesOf(
  { secrets }: AccessContext,
  emailHash: Buffer,
  { address, browserId }: Pick<Browser, 'address' | 'browserId'>,
): readonly Buffer[] {
  const email = emailHash.toString('hex');
  const byAddress = secrets.hash(['place', email, 'address', address]);
  return browserId === null
    ? [byAddress]
    : [secrets.hash(['place', email, 'browser', browserId]), byAddress];
}

async function findCandidate(
  { database }: AccessContext,
  asked: { readonly place: Place; readonly emailHash: Buffer; readonly places: readonly Buffer[] },
): Promise<Candidate> {
  const { place, emailHash, places } = asked;
  const { rows } = await database.query<Candidate>({
    // Index access_users_by_email. One row whether there is such a person or not.
    text: `select u.id, u.password_hash, u.totp_sealed,
                  array(select p.place_hash from access_known_places p
                        where p.bucket = u.bucket and p.tenant = u.tenant and p.user_id = u.id
                          and p.place_hash = any($4::bytea[])) as known_places,
                  exists (select from tenants where bucket = $1 and id = $2) as has_tenant
           from (values (1)) as one
           left join access_users u
             on u.bucket = $1 and u.tenant = $2 and u.email_hash = $3 and u.status = 'active'`,
    values: [place.bucket, place.tenant, emailHash, places],
  });
  return (
    rows[0] ?? {
      id: null,
      password_hash: null,
      totp_sealed: null,
      known_places: [],
      has_tenant: false,
    }
  );
}

function countersOf(
  { secrets }: AccessContext,
  asked: {
    readonly tenant: string;
    readonly email: string;
    readonly browser: Browser;
    readonly places: readonly Buffer[];
    readonly candidate: Candidate;
  },
): readonly Counter[] {
  const known = asked.places.find((place) =>
    asked.candidate.known_places.some((each) => each.equals(place)),
  );
  if (known !== undefined)
    return [{ kind: 'known', hash: secrets.hash(['try', 'known', known.toString('hex')]) }];
  const account = ['try', 'account', asked.tenant, plainEmail(asked.email)];
  return [
    { kind: 'account', hash: secrets.hash(account) },
    { kind: 'address', hash: secrets.hash(['try', 'address', networkOf(asked.browser.address)]) },
  ];
}

/** Opens the session and remembers the place. */
async function enter(
  context: AccessContext,
  who: {
    readonly place: Place;
    readonly userId: string;
    readonly browser: Browser;
    readonly emailHash: Buffer;
  },
): Promise<SignedIn> {
  const { place, userId, browser } = who;
  const browserId = browser.browserId ?? newBrowserId();
  const places = placesOf(context, who.emailHash, { address: browser.address, browserId });
  const values = [place.bucket, place.tenant, userId];
  const { id, token } = await context.database.transaction(async (tx) => {
    await tx.query({
      text: `update access_users set signed_in_on = (now() at time zone 'utc')::date, pin_failures = 0
             where bucket = $1 and tenant = $2 and id = $3`,
      values,
    });
    await tx.query({
      text: `insert into access_known_places (bucket, tenant, user_id, place_hash)
             select $1, $2, $3, unnest($4::bytea[])
             on conflict (bucket, tenant, user_id, place_hash) do update set seen_at = now()`,
      values: [...values, places],
    });
    await tx.query({
      // This place stays although the clock was set back since the others were seen.
      text: `delete from access_known_places
             where bucket = $1 and tenant = $2 and user_id = $3 and place_hash in (
               select place_hash from access_known_places
               where bucket = $1 and tenant = $2 and user_id = $3
               order by place_hash = any($5::bytea[]) desc, seen_at desc offset $4)`,
      values: [...values, KNOWN_PLACES_MAX, places],
    });
    return openSession(context, { place, userId, deviceId: null, client: browser }, tx);
  });
  return { place, userId, sessionId: id, token, browserId };
}

function noteRefusal(
  { audit }: AccessContext,
  asked: {
    readonly candidate: Candidate;
    readonly tenant: string;
    readonly browser: Browser;
    readonly error: unknown;
  },
): void {
  const { candidate, browser, error } = asked;
  audit.note({
    // A house that does not exist has no trail: its refusals are those of the installation.
    tenant: candidate.has_tenant ? asked.tenant : DEFAULT_TENANT,
    class: 'security',
    action: 'session.refused',
    actor: null,
    address: browser.address,
    traceId: browser.traceId,
    ...(candidate.id === null ? {} : { subject: `user/${candidate.id}` }),
    code: error instanceof Failure ? error.code : 'INTERNAL',
  });
}
