import { describe, expect, it } from 'vitest';
import type { PersonalMarks } from '../core/event-type.ts';
import { createMemoryKeyStore, type MemoryKeyStore } from '../platform/keys/memory-key-store.ts';
import { createMasterKeys, type MasterKeys } from './master-key.ts';
import { openPersonIds } from './person-ids.ts';
import { createPersonalData } from './personal-data.ts';
import { rotateMaster } from './rotate-master.ts';

const OLD = 'the-old-master-key-of-32-characters!';
const NEW = 'the-new-master-key-of-32-characters!';
const MARKS: PersonalMarks = { person: '/id', fields: ['/name'], type: 'x' };
const PERSONS = Array.from({ length: 20 }, (_, index) => `person-${index}`);

async function filled(keys: MemoryKeyStore): Promise<{ sealed: Uint8Array[]; sealedId: string }> {
  const master = createMasterKeys(OLD);
  const personal = await createPersonalData({ keys, master });
  const sealed: Uint8Array[] = [];
  for (const id of PERSONS)
    sealed.push((await personal.seal('t', MARKS, { id, name: `name of ${id}` })).bytes);
  await personal.close();
  const ids = await openPersonIds(keys, master);
  return { sealed, sealedId: ids.seal('r', 'person-1') };
}

async function opensAll(keys: MemoryKeyStore, master: MasterKeys, sealed: Uint8Array[]) {
  const personal = await createPersonalData({ keys, master });
  const texts = await Promise.all(sealed.map((text) => personal.revealText('t', 'x', text)));
  await personal.close();
  return texts.every((text, index) =>
    Buffer.from(text).toString().includes(`"name of ${PERSONS[index]}"`),
  );
}

describe('a rotation of the master key', () => {
  it('leaves nothing that the old one is needed for', async () => {
    const keys = createMemoryKeyStore();
    const { sealed, sealedId } = await filled(keys);
    expect(await rotateMaster(keys, createMasterKeys(NEW, [OLD]))).toBe(PERSONS.length);
    expect(await rotateMaster(keys, createMasterKeys(NEW, [OLD]))).toBe(0);
    expect(await opensAll(keys, createMasterKeys(NEW), sealed)).toBe(true);
    const ids = await openPersonIds(keys, createMasterKeys(NEW));
    expect(ids.open('r', sealedId)).toBe('person-1');
    await expect(opensAll(keys, createMasterKeys(OLD), sealed)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });

  it('that a crash ends anywhere is readable with both and can be finished', async () => {
    for (let crashAfter = 0; crashAfter <= PERSONS.length; crashAfter += 5) {
      const keys = createMemoryKeyStore();
      const { sealed } = await filled(keys);
      const both = createMasterKeys(NEW, [OLD]);
      let left = crashAfter;
      const crashing = {
        ...both,
        rewrap(wrapped: Uint8Array, purpose: string) {
          if (left-- === 0) throw new Error('crash');
          return both.rewrap(wrapped, purpose);
        },
      };
      await expect(rotateMaster(keys, crashing)).rejects.toThrow('crash');
      expect(await opensAll(keys, both, sealed)).toBe(true);
      await rotateMaster(keys, both);
      expect(await opensAll(keys, createMasterKeys(NEW), sealed)).toBe(true);
    }
  });
});
