import { describe, expect, it } from 'vitest';
import { newTotpSecret, stepOfCode, toBase32, totpAt, totpUri } from './totp.ts';

/** RFC 6238, appendix B: the secret "12345678901234567890", the last six of its eight digits. */
const SECRET = toBase32(Buffer.from('12345678901234567890'));

describe('TOTP', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at second %d the code is %s (RFC 6238)', (second, code) => {
    expect(totpAt(SECRET, Math.floor(second / 30))).toBe(code);
  });

  it('takes the code of this step, the one before and the one after, and no other', () => {
    const now = 1_800_000_000;
    const step = now / 30;
    for (let apart = -4; apart <= 4; apart += 1) {
      const found = stepOfCode(SECRET, totpAt(SECRET, step + apart), now * 1000);
      expect(found).toBe(Math.abs(apart) <= 1 ? step + apart : null);
    }
  });

  it('refuses what is no code without an error', () => {
    for (const code of ['', '12345', '1234567', 'abcdef', '１２３４５６'])
      expect(stepOfCode(SECRET, code, 1_800_000_000_000)).toBeNull();
  });

  it('a secret has 160 bits in base32, and its address names person and issuer', () => {
    const secret = newTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(totpUri(secret, 'ada@house.example')).toBe(
      `otpauth://totp/Comptoir%3Aada%40house.example?secret=${secret}&issuer=Comptoir&algorithm=SHA1&digits=6&period=30`,
    );
  });
});
