/** Step-up over HTTP: ask for approval of a refused command, approve it there by PIN or from a list elsewhere. */
import {
  askApproval,
  listApprovals,
  readApproval,
  settleApproval,
  signedIn,
  type Approver,
} from '../access/approvals/approvals.ts';
import { placeOf } from '../access/context.ts';
import { deviceOfKey } from '../access/devices/devices.ts';
import { checkPin } from '../access/devices/pins.ts';
import { readUser } from '../access/users/user-rows.ts';
import { Failure } from '../core/errors.ts';
import { commandDigest } from '../pipeline/command-digest.ts';
import {
  ACCESS_TAG,
  BODY_ERRORS,
  DEVICE_KEY,
  idParameter,
  jsonBody,
  originOf,
  type PeopleRouteDependencies,
} from './access-calls.ts';
import { ApprovalBody, ApprovalItem, ApprovalList, PinApprovalBody } from './access-shapes.ts';
import { invalid } from './query-input.ts';
import { ANY_KEY, type Call, type Route } from './route.ts';

export function approvalRoutes(deps: PeopleRouteDependencies): readonly Route[] {
  return [
    askRoute(deps),
    listRoute(deps),
    readRoute(deps),
    settleRoute(deps, 'approved'),
    settleRoute(deps, 'refused'),
  ];
}

const ID = idParameter('The id of the request for approval.');

function askRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/access/approvals',
    operationId: 'askApproval',
    tag: ACCESS_TAG,
    summary: 'Ask somebody to approve a command that was answered APPROVAL_REQUIRED',
    description:
      'Carries the command itself, which the approver is shown. Once approved, repeat the command unchanged with the ' +
      'header `Approval: ID`. It counts once, for whoever asked, for ten minutes.',
    access: ANY_KEY,
    body: jsonBody(ApprovalBody, {
      permission: 'orders:refund',
      digest: '0'.repeat(64),
      category: 'orders',
      command: 'RefundOrder',
      id: '01989f3e-7c00-7000-8000-000000000001',
      input: { reason: 'cold' },
    }),
    answers: { 201: { description: 'Asked', schema: ApprovalItem, headers: ['location'] } },
    errors: BODY_ERRORS,
    async handle({ principal, body }) {
      // safe because the body was validated under this schema
      const { permission, digest, ...shown } = body as ApprovalBody;
      if (commandDigest({ tenant: principal.tenant, ...shown }) !== digest)
        throw invalid('/digest', 'is not the digest of this command.', 'DIGEST_WRONG');
      const asked = { principal, permission, digest, shown };
      const item = await askApproval(deps.access.context, asked);
      return { status: 201, body: item, headers: { location: `/v1/access/approvals/${item.id}` } };
    },
  };
}

function listRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/access/approvals',
    operationId: 'listApprovals',
    tag: ACCESS_TAG,
    summary: 'Open requests: those you may approve, and your own',
    access: ANY_KEY,
    answers: { 200: { description: 'Requests, the oldest first', schema: ApprovalList } },
    async handle({ principal }) {
      return { status: 200, body: { items: await listApprovals(deps.access.context, principal) } };
    },
  };
}

function readRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/access/approvals/{id}',
    operationId: 'readApproval',
    tag: ACCESS_TAG,
    summary: 'One request and how it stands',
    access: ANY_KEY,
    parameters: [ID],
    answers: { 200: { description: 'The request', schema: ApprovalItem } },
    errors: ['NOT_FOUND'],
    async handle({ principal, params }) {
      const id = params['id'] ?? '';
      return { status: 200, body: await readApproval(deps.access.context, principal, id) };
    },
  };
}

function settleRoute(deps: PeopleRouteDependencies, decision: 'approved' | 'refused'): Route {
  const word = decision === 'approved' ? 'approve' : 'refuse';
  return {
    method: 'POST',
    path: `/v1/access/approvals/{id}/${word}`,
    operationId: `${word}Approval`,
    tag: ACCESS_TAG,
    summary:
      decision === 'approved'
        ? 'Approve: with your own session, or on the device at once with your PIN'
        : 'Refuse: with your own session, or on the device at once with your PIN',
    description:
      'An empty body decides as the person who is signed in. With `userId` and `pin`, and the key of the device, that ' +
      'person decides there without being switched to.',
    access: ANY_KEY,
    parameters: [ID, DEVICE_KEY],
    body: jsonBody(PinApprovalBody, {}),
    answers: { 200: { description: 'Settled', schema: ApprovalItem } },
    errors: [...BODY_ERRORS, 'NOT_FOUND', 'APPROVAL_SETTLED'],
    async handle(call) {
      const approver = await approverOf(deps, call);
      const origin = originOf(deps, call);
      const asked = { id: call.params['id'] ?? '', decision, origin };
      return { status: 200, body: await settleApproval(deps.access.context, approver, asked) };
    },
  };
}

/** Errors: INPUT_INVALID for a PIN without its person; UNAUTHENTICATED for a wrong one or another tenant's device. */
async function approverOf(deps: PeopleRouteDependencies, call: Call): Promise<Approver> {
  const { context } = deps.access;
  const { principal, request } = call;
  // safe because the body was validated under this schema
  const { userId, pin } = call.body as PinApprovalBody;
  if (userId === undefined && pin === undefined) {
    const place = placeOf(context, principal.tenant);
    return { place, userId: signedIn(principal).userId, scopes: principal.scopes };
  }
  if (userId === undefined || pin === undefined)
    throw invalid('/pin', 'and userId come together.', {
      code: 'ONLY_WITH',
      params: { others: ['pin', 'userId'] },
    });
  const device = await deviceOfKey(context, request.headers['x-device-key']);
  if (device.place.tenant !== principal.tenant)
    throw new Failure('UNAUTHENTICATED', 'This device is not enrolled, or was revoked.');
  await checkPin(context, { device, userId, pin, origin: originOf(deps, call) });
  const { rights } = await readUser(context, { place: device.place, userId });
  return { place: device.place, userId, scopes: rights.scopes };
}
