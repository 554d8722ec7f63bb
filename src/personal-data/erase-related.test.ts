import { expect, test } from 'vitest';
import { withRelated } from './erase-related.ts';
import type { Erasure, ErasureReceipt } from './erase.ts';

const erased: string[] = [];
const receiptOf = (receiptId: string): ErasureReceipt => ({
  receiptId,
  state: 'pending',
  requestedAt: '2026-11-22T12:00:00.000Z',
  doneAt: null,
  kept: null,
});
// safe because nothing else of it is called
const erasure = {
  async erase(tenant: string, personId: string) {
    if (personId === 'broken') throw new Error('the key store is away');
    erased.push(`${tenant}/${personId}`);
    return receiptOf(personId);
  },
} as unknown as Erasure;

test('whoever is erased goes after those they are also known as, and the receipt is theirs', async () => {
  const both = withRelated(erasure, async () => ['lead', 'talk']);
  expect(await both.erase('shop', 'ana', 'me')).toMatchObject({ receiptId: 'ana' });
  expect(erased).toEqual(['shop/lead', 'shop/talk', 'shop/ana']);
});

test('where one of them could not be erased, nobody is told that it is done', async () => {
  erased.length = 0;
  const both = withRelated(erasure, async () => ['broken']);
  await expect(both.erase('shop', 'ana', 'me')).rejects.toThrow('away');
  expect(erased).toEqual([]);
});
