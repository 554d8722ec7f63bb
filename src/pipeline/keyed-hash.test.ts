import { createHmac, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createKeyedHash } from './keyed-hash.ts';

test('the hash is HMAC-SHA256 whatever the length of key and text', () => {
  for (const length of [0, 1, 32, 63, 64, 65, 200]) {
    const secret = randomBytes(length);
    const keyed = createKeyedHash(secret);
    for (const text of ['', 'a', 'é'.repeat(40), 'x'.repeat(5_000)])
      expect(Buffer.from(keyed(text)).toString('hex')).toBe(
        createHmac('sha256', secret).update(text).digest('hex'),
      );
  }
});
