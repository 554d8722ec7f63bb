/**
 * Step-up: what somebody may not do is approved by somebody who may, for one command and once.
 *
 *   open --approve--> approved --use--> used
 *   open --refuse--> refused            any of them --10 minutes--> expired
 *
 * The approver sees the command itself, from which the server makes the digest: nobody is asked about one thing and
 * approves another.
 */
import { Failure } from '../../core/errors.ts';
import { placeOf, type AccessContext, type Origin, type Place } from '../context.ts';
import type { Approval, Principal } from '../principal.ts';
import { namesOf, readUser } from '../users/user-rows.ts';

/** As long as a guest waits at the counter. */
export const APPROVAL_SECONDS = 600;
/** Open ones of a tenant that are shown, and of one person that may be open. */
const LISTED_MAX = 200;
const OPEN_PER_PERSON_MAX = 20;

export type ApprovalStatus = 'open' | 'approved' | 'refused' | 'used';

/** What is to be approved, as the pipeline got it. */
export interface ShownCommand {
  /** `orders`, `loyalty.members`. */
  readonly category: string;
  /** `RefundOrder`. */
  readonly command: string;
  /** Of the stream; null for a command that makes one. */
  readonly id: string | null;
  readonly input: unknown;
}

export interface ApprovalView {
  readonly id: string;
  readonly status: ApprovalStatus;
  readonly permission: string;
  readonly command: ShownCommand;
  readonly requestedBy: string;
  readonly requestedByName: string;
  readonly deviceId: string | null;
  readonly approverId: string | null;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly expiresAt: string;
}

interface ApprovalRow {
  readonly id: string;
  readonly status: ApprovalStatus;
  readonly digest: string;
  readonly permission: string;
  readonly shown_sealed: Buffer;
  readonly requested_by: string;
  readonly device_id: string | null;
  readonly approver_id: string | null;
  readonly created_at: string;
  readonly expires_at: string;
}

const RFC_3339 = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const COLUMNS = `id, status, digest, permission, shown_sealed, requested_by, device_id, approver_id,
  to_char(created_at at time zone 'utc', ${RFC_3339}) as created_at,
  to_char(expires_at at time zone 'utc', ${RFC_3339}) as expires_at`;

/** Asks for approval of one command. Errors: INPUT_INVALID with too many open ones. */
export async function askApproval(
  context: AccessContext,
  asked: {
    readonly principal: Principal;
    readonly permission: string;
    readonly digest: string;
    readonly shown: ShownCommand;
  },
): Promise<ApprovalView> {
  const { principal, permission, digest, shown } = asked;
  const user = signedIn(principal);
  const place = placeOf(context, principal.tenant);
  const id = context.newId();
  const { rows } = await context.database.query<ApprovalRow>({
    text: `insert into access_approvals (bucket, tenant, id, digest, permission, shown_sealed,
                                         requested_by, device_id, status, expires_at)
           select $1::integer, $2::text, $3::text, $4::text, $5::text, $6::bytea, $7::text, $8::text,
                  'open', now() + make_interval(secs => $9)
           where (select count(*) from access_approvals
                  where bucket = $1 and tenant = $2 and status = 'open' and expires_at > now()
                    and requested_by = $7) < $10
           returning ${COLUMNS}`,
    values: [
      place.bucket,
      place.tenant,
      id,
      digest,
      permission,
      context.secrets.seal(JSON.stringify(shown), [place.tenant, id, 'shown']),
      user.userId,
      user.deviceId,
      APPROVAL_SECONDS,
      OPEN_PER_PERSON_MAX,
    ],
  });
  const [view] = await viewsOf(context, place, rows);
  if (view === undefined)
    throw new Failure('INPUT_INVALID', `At most ${OPEN_PER_PERSON_MAX} approvals may be open.`);
  return view;
}

/** Open requests that have not expired, the oldest first: those the principal could approve, and their own. */
export async function listApprovals(
  context: AccessContext,
  principal: Principal,
): Promise<readonly ApprovalView[]> {
  const place = placeOf(context, principal.tenant);
  const { rows } = await context.database.query<ApprovalRow>({
    // Index access_approvals_open.
    text: `select ${COLUMNS} from access_approvals
           where bucket = $1 and tenant = $2 and status = 'open' and expires_at > now()
           order by access_approvals.created_at limit $3`,
    values: [place.bucket, place.tenant, LISTED_MAX],
  });
  const own = principal.user?.userId;
  const visible = rows.filter((row) => row.requested_by === own || mayApprove(principal, row));
  return viewsOf(context, place, visible);
}

/** One request; shown to who asked for it and to who could approve it. Errors: NOT_FOUND. */
export async function readApproval(
  context: AccessContext,
  principal: Principal,
  id: string,
): Promise<ApprovalView> {
  const place = placeOf(context, principal.tenant);
  const row = await findRow(context, place, id);
  if (row === null || (row.requested_by !== principal.user?.userId && !mayApprove(principal, row)))
    throw unknownApproval();
  const [view] = await viewsOf(context, place, [row]);
  if (view === undefined) throw unknownApproval();
  return view;
}

/** Who decides, and with what rights: of their own session, or of the PIN they typed. */
export interface Approver {
  readonly place: Place;
  readonly userId: string;
  readonly scopes: Principal['scopes'];
}

/**
 * Approves or refuses. Errors: NOT_FOUND; FORBIDDEN for one's own request or without the permission; APPROVAL_SETTLED.
 */
export async function settleApproval(
  context: AccessContext,
  approver: Approver,
  asked: {
    readonly id: string;
    readonly decision: 'approved' | 'refused';
    readonly origin: Origin;
  },
): Promise<ApprovalView> {
  const { place, userId } = approver;
  const { id, decision, origin } = asked;
  const found = await findRow(context, place, id);
  if (found === null) throw unknownApproval();
  if (found.requested_by === userId)
    throw new Failure('FORBIDDEN', 'Nobody approves what they asked for themselves.');
  const { permission } = found;
  if (!mayApprove(approver, found))
    throw new Failure('FORBIDDEN', `This needs somebody who holds ${permission}.`, {
      extra: { scope: permission },
    });
  const { rows } = await context.database.query<ApprovalRow>({
    text: `update access_approvals set status = $4, approver_id = $5, decided_at = now()
           where bucket = $1 and tenant = $2 and id = $3 and status = 'open' and expires_at > now()
           returning ${COLUMNS}`,
    values: [place.bucket, place.tenant, id, decision, userId],
  });
  const [view] = await viewsOf(context, place, rows);
  if (view === undefined)
    throw new Failure('APPROVAL_SETTLED', 'The request was settled before, or has expired.');
  context.audit.note({
    tenant: place.tenant,
    class: 'security',
    action: `approval.${decision}`,
    actor: `user:${found.requested_by}`,
    approver: `user:${userId}`,
    address: origin.address,
    traceId: origin.traceId,
    subject: `approval/${id}`,
    after: { permission, digest: found.digest },
  });
  return view;
}

/**
 * The approval that a request names, as its principal carries it: null when there is none that was given, to this
 * person, and is still good. What the approver may do is read now, not when they approved.
 */
export async function approvalOf(
  context: AccessContext,
  principal: Principal,
  id: string,
): Promise<Approval | null> {
  const { user, tenant } = principal;
  if (user === undefined) return null;
  const place = placeOf(context, tenant);
  const row = await findRow(context, place, id);
  if (row === null || row.status !== 'approved' || row.requested_by !== user.userId) return null;
  if (row.approver_id === null || Date.parse(row.expires_at) <= context.clock.nowMs()) return null;
  const approver = await readUser(context, { place, userId: row.approver_id }).catch(
    (error: unknown) => {
      if (error instanceof Failure && error.code === 'NOT_FOUND') return null;
      throw error;
    },
  );
  if (approver === null || approver.view.status !== 'active') return null;
  const { scopes, rules } = approver.rights;
  return { approvalId: id, approver: `user:${row.approver_id}`, digest: row.digest, scopes, rules };
}

/** Uses an approval up, once for all processes: false when it was used before or has expired. */
export async function useApproval(
  context: AccessContext,
  approval: { readonly tenant: string; readonly approvalId: string },
): Promise<boolean> {
  const place = placeOf(context, approval.tenant);
  const { rowCount } = await context.database.query({
    text: `update access_approvals set status = 'used'
           where bucket = $1 and tenant = $2 and id = $3 and status = 'approved' and expires_at > now()`,
    values: [place.bucket, place.tenant, approval.approvalId],
  });
  return rowCount === 1;
}

/** Errors: FORBIDDEN for a key, which is no person. */
export function signedIn(principal: Principal): NonNullable<Principal['user']> {
  if (principal.user === undefined)
    throw new Failure('FORBIDDEN', 'This is for people who signed in, not for keys.');
  return principal.user;
}

function mayApprove(
  { scopes }: Pick<Principal, 'scopes'>,
  { permission }: Pick<ApprovalRow, 'permission'>,
): boolean {
  return [...scopes].some((scope) => scope === permission);
}

async function findRow(
  { database }: AccessContext,
  place: Place,
  id: string,
): Promise<ApprovalRow | null> {
  const { rows } = await database.query<ApprovalRow>({
    text: `select ${COLUMNS} from access_approvals where bucket = $1 and tenant = $2 and id = $3`,
    values: [place.bucket, place.tenant, id],
  });
  return rows[0] ?? null;
}

async function viewsOf(
  context: AccessContext,
  place: Place,
  rows: readonly ApprovalRow[],
): Promise<readonly ApprovalView[]> {
  const ids = rows.map((row) => row.requested_by);
  const names =
    ids.length === 0 ? new Map<string, string>() : await namesOf(context, { place, ids });
  return rows.map((row) => ({
    id: row.id,
    status: row.status,
    permission: row.permission,
    // safe because askApproval wrote it, and what was altered does not open
    command: JSON.parse(
      context.secrets.open(row.shown_sealed, [place.tenant, row.id, 'shown']),
    ) as ShownCommand,
    requestedBy: row.requested_by,
    requestedByName: names.get(row.requested_by) ?? '',
    deviceId: row.device_id,
    approverId: row.approver_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }));
}

function unknownApproval(): Failure {
  return new Failure('NOT_FOUND', 'There is no approval with this id.');
}
