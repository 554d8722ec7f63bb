/** Keys and tenants over HTTP. */
import { Type } from 'typebox';
import type { CachedAuthenticator } from '../access/authenticator.ts';
import type { Access } from '../access/create-access.ts';
import {
  checkGrant,
  createKey,
  KEY_PAGE_DEFAULT,
  KEY_PAGE_MAX,
  listKeys,
  revokeKey,
} from '../access/keys.ts';
import { createTenantWithin } from '../access/tenants.ts';
import type { Scope } from '../access/principal.ts';
import type { Clock } from '../core/clock.ts';
import { KeyCreate, KeyCreated, KeyPage, TenantCreate, TenantCreated } from '../contract.ts';
import type { LogReader } from '../log/log.ts';
import type { Database, Queryable } from '../platform/postgres/database.ts';
import { createOnce, CREATION_ERRORS, CREATION_KEY, REPLAYED_HEADER } from './create-once.ts';
import { AFTER_PAGE, invalid, limitOf, limitParameter, NO_MOMENT } from './query-input.ts';
import { scoped, type Call, type Route } from './route.ts';

/** A key or tenant takes a few hundred bytes to describe. */
const BODY_BYTES_MAX = 16 * 1024;
/** RFC 3339 has four digits for the year. */
const EXPIRES_MS_MAX = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export interface AccessRouteDependencies {
  readonly database: Database;
  readonly log: LogReader;
  readonly authenticator: CachedAuthenticator;
  readonly clock: Clock;
  /** What a key may be given: `knownScopes` of the modules of this server. */
  readonly scopes: readonly Scope[];
  /** Absent where nobody signs in, as in some tests: then nothing is remembered of what was made. */
  readonly access?: Pick<Access, 'creations'>;
}

export function accessRoutes(deps: AccessRouteDependencies): readonly Route[] {
  return [createKeyRoute(deps), listKeysRoute(deps), revokeKeyRoute(deps), createTenantRoute(deps)];
}

function createKeyRoute(deps: AccessRouteDependencies): Route {
  const { scopes: known } = deps;
  const schema = Type.Object(
    {
      ...KeyCreate.properties,
      scopes: Type.Array(Type.Enum([...known]), { minItems: 1, uniqueItems: true }),
    },
    { additionalProperties: false },
  );
  return {
    method: 'POST',
    path: '/v1/keys',
    operationId: 'createKey',
    tag: 'Keys and tenants',
    summary: 'Make a key of the tenant',
    description:
      'A key can grant only scopes that it holds itself. The secret is in this answer, and in its repetitions under the same Idempotency-Key, and nowhere else.',
    access: scoped('admin'),
    parameters: [CREATION_KEY],
    body: {
      bytesMax: BODY_BYTES_MAX,
      content: {
        'application/json': {
          schema,
          example: { name: 'till 2', scopes: ['events:write'], expiresAt: '2027-01-01T00:00:00Z' },
        },
      },
    },
    answers: {
      201: { description: 'The key', schema: KeyCreated, headers: ['location', REPLAYED_HEADER] },
    },
    audit: { class: 'security', action: 'key.created', keepsBody: true },
    errors: [
      'INPUT_INVALID',
      'FORBIDDEN',
      'UNSUPPORTED_MEDIA_TYPE',
      'TOO_LARGE',
      ...CREATION_ERRORS,
    ],
    async handle(call) {
      // safe because the body was validated under this schema
      const request = call.body as KeyCreate;
      checkGrant(call.principal, request.scopes);
      return createOnce(deps.access?.creations, call, {
        operation: 'createKey',
        make: (tx) => makeKey(deps, call, { request, tx }),
        location: ({ id }) => `/v1/keys/${id}`,
      });
    },
  };
}

async function makeKey(
  { database, log, clock }: AccessRouteDependencies,
  { principal: { tenant } }: Call,
  made: { readonly request: KeyCreate; readonly tx: Queryable | undefined },
): Promise<KeyCreated> {
  const { request, tx = database } = made;
  const expiresAt = expiryOf(request, clock);
  const { key, view } = await createKey(tx, {
    bucket: log.bucketOf(tenant),
    tenant,
    name: request.name,
    scopes: request.scopes,
    expiresAt,
  });
  const { id, name, scopes, createdAt } = view;
  return { id, key, name, scopes: [...scopes], createdAt, expiresAt: view.expiresAt };
}

/** In UTC. Errors: INPUT_INVALID for what has gone by, or lies beyond what four digits of a year can say. */
function expiryOf({ expiresAt }: KeyCreate, clock: Clock): string | null {
  if (expiresAt === undefined) return null;
  const atMs = Date.parse(expiresAt);
  // The negation also refuses a date that the parser does not know, such as a leap second.
  if (!(atMs > clock.nowMs())) throw invalid('/expiresAt', 'must lie in the future.', 'IN_PAST');
  if (atMs > EXPIRES_MS_MAX)
    throw invalid('/expiresAt', 'must lie before the year 10000.', NO_MOMENT);
  return new Date(atMs).toISOString();
}

function listKeysRoute({ database, log }: AccessRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/keys',
    operationId: 'listKeys',
    tag: 'Keys and tenants',
    summary: 'Keys of the tenant, revoked ones included, without their secrets',
    access: scoped('admin'),
    parameters: [
      AFTER_PAGE,
      limitParameter('keys', { standard: KEY_PAGE_DEFAULT, max: KEY_PAGE_MAX }),
    ],
    answers: { 200: { description: 'A page of keys', schema: KeyPage } },
    errors: ['INPUT_INVALID', 'CURSOR_INVALID'],
    async handle({ principal, query }) {
      const { tenant } = principal;
      const limit = limitOf(query, { standard: KEY_PAGE_DEFAULT, max: KEY_PAGE_MAX });
      const after = query.get('after') ?? null;
      const page = await listKeys(database, { bucket: log.bucketOf(tenant), tenant, after, limit });
      return { status: 200, body: page };
    },
  };
}

function revokeKeyRoute({ database, log, authenticator }: AccessRouteDependencies): Route {
  return {
    method: 'DELETE',
    path: '/v1/keys/{id}',
    operationId: 'revokeKey',
    tag: 'Keys and tenants',
    summary: 'Revoke a key; it counts everywhere within 2 seconds',
    access: scoped('admin'),
    parameters: [
      { name: 'id', in: 'path', description: 'The id of the key.', schema: { type: 'string' } },
    ],
    answers: { 204: { description: 'Revoked, now or before' } },
    audit: { class: 'security', action: 'key.revoked' },
    errors: ['NOT_FOUND'],
    async handle({ principal, params }) {
      const { tenant } = principal;
      await revokeKey(database, { bucket: log.bucketOf(tenant), tenant, id: params['id'] ?? '' });
      authenticator.forget();
      return { status: 204 };
    },
  };
}

function createTenantRoute({ database, log, access }: AccessRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/tenants',
    operationId: 'createTenant',
    tag: 'Keys and tenants',
    summary: 'Make a tenant and its first key',
    access: scoped('tenants:write'),
    parameters: [CREATION_KEY],
    body: {
      bytesMax: BODY_BYTES_MAX,
      content: { 'application/json': { schema: TenantCreate, example: { id: 'cafe-aurora' } } },
    },
    answers: {
      201: { description: 'The tenant', schema: TenantCreated, headers: [REPLAYED_HEADER] },
    },
    audit: { class: 'security', action: 'tenant.created', keepsBody: true },
    errors: [
      'INPUT_INVALID',
      'TENANT_EXISTS',
      'UNSUPPORTED_MEDIA_TYPE',
      'TOO_LARGE',
      ...CREATION_ERRORS,
    ],
    handle(call) {
      // safe because the body was validated under this schema
      const { id } = call.body as TenantCreate;
      const tenant = { id, bucket: log.bucketOf(id) };
      return createOnce(access?.creations, call, {
        operation: 'createTenant',
        make: (tx) =>
          tx === undefined
            ? database.transaction((own) => createTenantWithin(own, tenant))
            : createTenantWithin(tx, tenant),
      });
    },
  };
}
