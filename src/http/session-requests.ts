/** What a request that comes with a session must have beside it, and the approval that it may name. */
import type { FastifyRequest } from 'fastify';
import { approvalOf } from '../access/approvals/approvals.ts';
import { hasKey } from '../access/authenticator.ts';
import type { Access } from '../access/create-access.ts';
import type { Principal } from '../access/principal.ts';
import { Failure } from '../core/errors.ts';

export const CSRF_HEADER = 'x-csrf-token';
const APPROVAL_HEADER = 'approval';
/** Ids are UUIDs. */
const APPROVAL_ID = /^[\w-]{1,64}$/;
/** They change nothing (RFC 9110, section 9.2.1), so a link from elsewhere may send them. */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface SessionRequests {
  /** Whether a session is the credential of the request. */
  isPresent(request: FastifyRequest): boolean;
  /**
   * The principal with the approval that the header `Approval` names, where it is good. Errors: CSRF_TOKEN_WRONG for an
   * unsafe request of a session that another page may have sent.
   */
  checked(request: FastifyRequest, principal: Principal): Principal | Promise<Principal>;
}

export function sessionRequests({ sessions, context }: Access): SessionRequests {
  return {
    isPresent: ({ headers }) => !hasKey(headers) && sessions.isPresent(headers),
    checked(request, principal) {
      const { headers, method } = request;
      if (principal.user === undefined) return principal;
      if (!SAFE_METHODS.has(method)) {
        refuseOtherSites(request);
        if (!sessions.csrfMatches(headers, headers[CSRF_HEADER]))
          throw new Failure(
            'CSRF_TOKEN_WRONG',
            'Send the token of GET /v1/session as X-CSRF-Token.',
          );
      }
      const id = headers[APPROVAL_HEADER];
      if (typeof id !== 'string' || !APPROVAL_ID.test(id)) return principal;
      return approvalOf(context, principal, id).then((approval) =>
        approval === null ? principal : { ...principal, approval },
      );
    },
  };
}

/**
 * Refuses what a page of another site sent (Fetch Metadata); programs send no such header. Errors: CSRF_TOKEN_WRONG. Also
 * for sign-in, where there is no token yet: nobody is signed in as somebody else behind their back.
 */
export function refuseOtherSites({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new Failure('CSRF_TOKEN_WRONG', 'A page of another site sent this request.');
}
