import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import type { AuditEntry } from '../core/audit.ts';
import { Failure } from '../core/errors.ts';
import { createAuditHook } from './audit-hook.ts';

it('a credential that was revoked just after its refusal is counted as nobody', async () => {
  const entries: AuditEntry[] = [];
  const note = (entry: AuditEntry) => void entries.push(entry);
  const hook = createAuditHook({
    audit: { note, record: async (entry) => note(entry) },
    authenticator: {
      authenticate() {
        throw new Failure('UNAUTHENTICATED', 'The key is unknown, expired or revoked.');
      },
    },
    clientAddress: () => '192.0.2.7',
  });
  // safe because the hook reads nothing else of a request
  const request = { headers: {} } as IncomingMessage;
  hook.rawAnswered('POST /v1/events', request, 403);
  await Promise.resolve();
  await Promise.resolve();
  hook.close();
  expect(entries).toMatchObject([{ action: 'request.unauthenticated', address: '192.0.2.7' }]);
});
