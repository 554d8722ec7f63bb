import { describe, expect, it } from 'vitest';
import { hashKey } from './api-key.ts';
import { createAuthenticator } from './authenticator.ts';
import type { KeyLookup } from './key-lookup.ts';
import type { Principal } from './principal.ts';

const PRINCIPAL: Principal = { keyId: 'k1', tenant: 'acme', scopes: new Set(['events:read']) };
const HEADERS = { authorization: 'Bearer good-key' };

/** A world with one valid key whose look-ups are counted and can be made to fail. */
function world() {
  const state = { now: 0, statements: 0, hashes: 0, valid: true, down: false };
  const lookup: KeyLookup = async (hashes) => {
    state.statements += 1;
    state.hashes += hashes.length;
    await Promise.resolve();
    if (state.down) throw new Error('connection refused');
    const good = hashKey('good-key').toString('hex');
    const found = hashes.some((hash) => hash.toString('hex') === good) && state.valid;
    return new Map(found ? [[good, PRINCIPAL]] : []);
  };
  const authenticator = createAuthenticator({ lookup, clock: { nowMs: () => state.now } });
  return { state, authenticator };
}

describe('authenticator', () => {
  it('looks a key up once and then answers without a promise', async () => {
    const { state, authenticator } = world();
    expect(await authenticator.authenticate(HEADERS)).toBe(PRINCIPAL);
    expect(authenticator.authenticate(HEADERS)).toBe(PRINCIPAL);
    expect(state.statements).toBe(1);
  });

  it('requests that come together share one look-up and different keys one statement', async () => {
    const { state, authenticator } = world();
    const asked = [1, 2, 3].map(async () => authenticator.authenticate(HEADERS));
    const wrong = [1, 2, 3].map(async (n) =>
      authenticator.authenticate({ 'x-api-key': `bad-${n}` }),
    );
    await Promise.all(asked);
    await Promise.allSettled(wrong);
    expect([state.statements, state.hashes]).toEqual([1, 4]);
  });

  it('a header that is mostly spaces is no key, and is neither looked up nor remembered', async () => {
    const { state, authenticator } = world();
    const authorization = `Bearer ${' '.repeat(15_000)}good-key`;
    expect(() => authenticator.authenticate({ authorization })).toThrow('Send Authorization');
    expect(state.statements).toBe(0);
    const padded = { authorization: 'bearer  good-key' };
    expect(await authenticator.authenticate(padded)).toBe(PRINCIPAL);
  });

  it('a key in use is refreshed in the background while the old answer is still fresh', async () => {
    const { state, authenticator } = world();
    await authenticator.authenticate(HEADERS);
    state.now = 600;
    expect(authenticator.authenticate(HEADERS)).toBe(PRINCIPAL);
    await expect.poll(() => state.statements).toBe(2);
    state.now = 1500;
    expect(authenticator.authenticate(HEADERS)).toBe(PRINCIPAL);
  });

  it('a revoked key is refused within a second of its last use', async () => {
    const { state, authenticator } = world();
    await authenticator.authenticate(HEADERS);
    state.valid = false;
    state.now = 1000;
    await expect(authenticator.authenticate(HEADERS)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(() => authenticator.authenticate(HEADERS)).toThrow('revoked');
  });

  it('a wrong key is remembered for a second and then looked up again', async () => {
    const { state, authenticator } = world();
    const wrong = { authorization: 'Bearer wrong' };
    await expect(authenticator.authenticate(wrong)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(() => authenticator.authenticate(wrong)).toThrow();
    expect(state.statements).toBe(1);
    state.now = 1000;
    await expect(authenticator.authenticate(wrong)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(state.statements).toBe(2);
  });

  it('without the database a stale entry lets nobody in, and the key works again afterwards', async () => {
    const { state, authenticator } = world();
    await authenticator.authenticate(HEADERS);
    state.down = true;
    state.now = 1200;
    await expect(authenticator.authenticate(HEADERS)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    state.down = false;
    expect(await authenticator.authenticate(HEADERS)).toBe(PRINCIPAL);
  });

  it('a database that does not answer is UNAVAILABLE within a second', async () => {
    const authenticator = createAuthenticator({
      lookup: () => new Promise(() => {}),
      clock: { nowMs: () => 0 },
    });
    const first = authenticator.authenticate(HEADERS);
    await expect(first).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('a clock set back makes an entry stale', async () => {
    const { state, authenticator } = world();
    state.now = 5000;
    await authenticator.authenticate(HEADERS);
    state.now = 0;
    await authenticator.authenticate(HEADERS);
    expect(state.statements).toBe(2);
  });

  it.each([
    {},
    { authorization: '' },
    { authorization: 'Basic Zm9v' },
    { authorization: 'Bearer ' },
    { authorization: `Bearer ${'x'.repeat(201)}` },
    { 'x-api-key': ['good-key', 'good-key'] },
  ])('%j carries no key and costs no look-up', (headers) => {
    const { state, authenticator } = world();
    expect(() => authenticator.authenticate(headers)).toThrow(
      expect.objectContaining({ code: 'UNAUTHENTICATED' }),
    );
    expect(state.statements).toBe(0);
  });

  it('knows a key that was valid, and no other', async () => {
    const { authenticator } = world();
    expect(authenticator.knows(HEADERS)).toBe(false);
    await authenticator.authenticate(HEADERS);
    expect(authenticator.knows(HEADERS)).toBe(true);
    await Promise.allSettled([authenticator.authenticate({ 'x-api-key': 'wrong' })]);
    expect(authenticator.knows({ 'x-api-key': 'wrong' })).toBe(false);
  });
});
