import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMasterKeys } from '../personal-data/master-key.ts';
import { createPersonalData, type PersonalDataService } from '../personal-data/personal-data.ts';
import { createMemoryKeyStore } from '../platform/keys/memory-key-store.ts';
import { openName, sealName, type Named } from './sealed-name.ts';

const MASTER = 'a-master-key-of-more-than-32-characters';
const store = createMemoryKeyStore();
const key = Buffer.alloc(32, 7);
const OWN: Named = { tenant: 't1', id: 'doc-1', person: null };
const ANAS: Named = { ...OWN, person: 'ana' };
let personal: PersonalDataService;

beforeAll(async () => {
  personal = await createPersonalData({ keys: store, master: createMasterKeys(MASTER) });
});
afterAll(() => personal.close());

test.each([OWN, ANAS])('a name of %j comes back, and is nowhere in clear', async (named) => {
  const sealed = await sealName({ personal, key }, named, 'Życiorys Any.pdf');
  expect(sealed.includes('yciorys')).toBe(false);
  expect(sealed.includes('ana')).toBe(false);
  expect(await openName({ personal, key }, named, sealed)).toBe('Życiorys Any.pdf');
});

test('a name that was moved to another document or tenant does not open', async () => {
  const sealed = await sealName({ personal, key }, OWN, 'menu.pdf');
  for (const other of [
    { ...OWN, id: 'doc-2' },
    { ...OWN, tenant: 't2' },
  ])
    await expect(openName({ personal, key }, other, sealed)).rejects.toThrow();
});

test('D9: once the person is erased their copy of the name opens no more, and no new one is made', async () => {
  const sealed = await sealName({ personal, key }, { ...ANAS, person: 'gone' }, 'cv.pdf');
  const reference = personal.referenceOf('t1', 'gone');
  await store.putErasure({
    reference,
    tenant: 't1',
    receiptId: 'r',
    requestedAt: '2026-01-01T00:00:00Z',
    actor: 'a',
    sealedId: '',
    state: 'pending',
    doneAt: null,
  });
  await store.destroyKey(reference);
  personal.forget(reference);
  const fresh = await createPersonalData({ keys: store, master: createMasterKeys(MASTER) });
  expect(await openName({ personal: fresh, key }, { ...ANAS, person: 'gone' }, sealed)).toBeNull();
  await expect(
    sealName({ personal: fresh, key }, { ...ANAS, person: 'gone' }, 'cv.pdf'),
  ).rejects.toMatchObject({ code: 'PERSON_ERASED' });
  await fresh.close();
});
