import { expect, it } from 'vitest';
import { AUTH_FAILURES_PER_WINDOW, createAuthFailureLimit } from './auth-failure-limit.ts';

it('counts the addresses of one IPv6 network together, and no other beside them', () => {
  const limit = createAuthFailureLimit({ nowMs: () => 0 });
  for (let n = 0; n < AUTH_FAILURES_PER_WINDOW; n += 1) {
    expect(limit.refusal(`2001:db8:0:7::${n.toString(16)}`)).toBeNull();
    limit.failed(`2001:db8:0:7::${n.toString(16)}`);
  }
  expect(limit.refusal('2001:db8:0:7:ffff::1')).toMatchObject({ code: 'RATE_LIMITED' });
  for (const other of ['2001:db8:0:8::1', '203.0.113.7']) expect(limit.refusal(other)).toBeNull();
});
