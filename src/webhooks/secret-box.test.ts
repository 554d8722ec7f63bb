import { describe, expect, it } from 'vitest';
import { createSecretBox, SECRET_BOX_KEY_BYTES } from './secret-box.ts';

const key = new Uint8Array(SECRET_BOX_KEY_BYTES).fill(1);
const secret = Buffer.from('a secret of 32 bytes, or so one hopes');

describe('a secret box', () => {
  it('opens what it sealed, and never seals alike', () => {
    const box = createSecretBox(key);
    const [one, two] = [box.seal(secret), box.seal(secret)];
    expect(Buffer.from(box.open(one))).toEqual(secret);
    expect(Buffer.from(one)).not.toEqual(Buffer.from(two));
    expect(Buffer.from(one).includes(secret)).toBe(false);
  });

  it('opens nothing that was altered in any byte, cut or sealed with another key', () => {
    const box = createSecretBox(key);
    const sealed = box.seal(secret);
    for (let at = 0; at < sealed.length; at += 1) {
      const altered = Uint8Array.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => box.open(altered)).toThrow();
      expect(() => box.open(sealed.subarray(0, at))).toThrow();
    }
    const other = createSecretBox(new Uint8Array(SECRET_BOX_KEY_BYTES).fill(2));
    expect(() => other.open(sealed)).toThrow();
  });

  it('takes keys of 32 bytes only, and keeps a copy', () => {
    expect(() => createSecretBox(new Uint8Array(16))).toThrow('32 bytes');
    const given = Uint8Array.from(key);
    const box = createSecretBox(given);
    given.fill(0);
    expect(Buffer.from(createSecretBox(key).open(box.seal(secret)))).toEqual(secret);
  });
});
