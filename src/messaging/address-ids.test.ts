import { expect, test } from 'vitest';
import { createAddressIds } from '../modules/messages/index.ts';
import { createAddressHashes } from './address-ids.ts';

test('ids are those that the module makes', async () => {
  const secret = Uint8Array.from({ length: 32 }, (_, index) => index * 7);
  const slow = createAddressIds(secret);
  const fast = createAddressHashes(secret);
  for (const address of ['+48501234567', ' Ana@Example.com', 'ana@example.com', 'żółć@example.pl'])
    for (const tenant of ['default', 'cafe']) {
      const of = { tenant, address };
      expect(await fast.addressIdOf(of)).toBe(await slow.addressIdOf(of));
      expect(await fast.addressIdOf(of)).toBe(await slow.addressIdOf(of));
    }
});
