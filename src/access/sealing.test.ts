import { describe, expect, it } from 'vitest';
import { createLane } from './lane.ts';
import { createAccessSecrets, sameBytes } from './sealing.ts';
import { endedMarkCookie, markCookie, sessionCookie, sessionTokenOf } from './sessions/cookies.ts';
import { newSessionToken } from './sessions/session-token.ts';

describe('sealing', () => {
  const secrets = createAccessSecrets(new Uint8Array(32).fill(1));

  it('what was sealed opens in its place only, with its key only', () => {
    const sealed = secrets.seal('ada@house.example', ['acme', '1', 'email']);
    expect(secrets.open(sealed, ['acme', '1', 'email'])).toBe('ada@house.example');
    expect(sealed.toString('latin1')).not.toContain('ada');
    expect(() => secrets.open(sealed, ['acme', '2', 'email'])).toThrow();
    expect(() => secrets.open(sealed, ['other', '1', 'email'])).toThrow();
    const others = createAccessSecrets(new Uint8Array(32).fill(2));
    expect(() => others.open(sealed, ['acme', '1', 'email'])).toThrow();
    sealed[20] = (sealed[20] ?? 0) ^ 1;
    expect(() => secrets.open(sealed, ['acme', '1', 'email'])).toThrow();
  });

  it('no two lists of parts have one hash', () => {
    expect(sameBytes(secrets.hash(['a', 'bc']), secrets.hash(['ab', 'c']))).toBe(false);
    expect(sameBytes(secrets.hash(['a']), secrets.hash(['a']))).toBe(true);
  });
});

describe('the session cookie', () => {
  const token = newSessionToken();

  it('is __Host- and Secure but on plain HTTP of the machine itself', () => {
    for (const headers of [
      { host: 'house.example' },
      { host: '127.0.0.1:8080', 'x-forwarded-for': '203.0.113.9' },
      { host: '127.0.0.1:8080', origin: 'https://house.example' },
      {},
    ])
      expect(sessionCookie(token, headers)).toBe(
        `__Host-comptoir=${token}; Path=/; HttpOnly; SameSite=Lax; Secure`,
      );
    for (const host of ['localhost:8080', '127.0.0.1', '[::1]:8080'])
      expect(sessionCookie(token, { host, origin: `http://${host}` })).toBe(
        `comptoir=${token}; Path=/; HttpOnly; SameSite=Lax`,
      );
  });

  it('has a mark beside it that scripts can read, which ends and opens nothing', () => {
    const host = 'house.example';
    expect(markCookie({ host })).toBe('__Host-comptoir-here=1; Path=/; SameSite=Lax; Secure');
    expect(endedMarkCookie({ host })).toMatch(/^__Host-comptoir-here=; .*Max-Age=0$/);
    const cookie = `__Host-comptoir-here=${token}`;
    expect(sessionTokenOf({ cookie, host })).toBeNull();
    expect(sessionTokenOf({ cookie: `comptoir-here=${token}`, host: 'localhost' })).toBeNull();
  });

  it('without the prefix is nothing to a host that others share', () => {
    const cookie = `comptoir=${token}`;
    expect(sessionTokenOf({ cookie, host: 'house.example' })).toBeNull();
    expect(sessionTokenOf({ cookie, host: 'localhost' })).toBe(token);
    expect(sessionTokenOf({ cookie: `__Host-${cookie}`, host: 'house.example' })).toBe(token);
  });

  it('that comes twice is none, and neither is one of another form', () => {
    const twice = `__Host-comptoir=${token}; __Host-comptoir=${newSessionToken()}`;
    expect(sessionTokenOf({ cookie: twice, host: 'house.example' })).toBeNull();
    for (const value of ['', 'short', `${token}x`, token.replace(/.$/, '"')])
      expect(sessionTokenOf({ cookie: `__Host-comptoir=${value}`, host: 'h' })).toBeNull();
  });
});

describe('a lane', () => {
  it('runs so many at once, lets so many wait and refuses the rest with seconds to wait', async () => {
    const lane = createLane({ atOnce: 2, waitingMax: 3, retryAfterSeconds: 4 });
    const gate = Promise.withResolvers<void>();
    let running = 0;
    let most = 0;
    const works = Array.from({ length: 10 }, () =>
      lane.run(async () => {
        running += 1;
        most = Math.max(most, running);
        await gate.promise;
        running -= 1;
      }),
    );
    const settled = Promise.allSettled(works);
    gate.resolve();
    const answers = await settled;
    expect(most).toBe(2);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    for (const answer of answers)
      if (answer.status === 'rejected')
        expect(answer.reason).toMatchObject({ code: 'OVERLOADED', retryAfterSeconds: 4 });
  });

  it('goes on after work that failed', async () => {
    const lane = createLane({ atOnce: 1, waitingMax: 1, retryAfterSeconds: 1 });
    await expect(lane.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await lane.run(async () => 1)).toBe(1);
  });
});
