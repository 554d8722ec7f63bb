import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger, readLedger } from './ledger.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-ledger-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the ledger', () => {
  it('reads back what was sent and told, and leaves an unanswered attempt open', async () => {
    const path = join(folder, 'ledger');
    const ledger = await openLedger(path);
    await Promise.all([
      ledger.sent({ attempt: 0, tenant: 'a', events: [{ number: 1, variant: 'true' }] }),
      ledger.sent({ attempt: 1, tenant: 'b', events: [{ number: 2, variant: 'other' }] }),
    ]);
    await ledger.told(0, [{ told: 'created', position: 12 }]);
    await ledger.close();
    expect(await readLedger(path)).toEqual([
      {
        attempt: 0,
        tenant: 'a',
        events: [{ number: 1, variant: 'true' }],
        told: [{ told: 'created', position: 12 }],
      },
      { attempt: 1, tenant: 'b', events: [{ number: 2, variant: 'other' }], told: null },
    ]);
  });

  it('skips a last line that its process did not finish', async () => {
    const path = join(folder, 'ledger');
    const ledger = await openLedger(path);
    await ledger.sent({ attempt: 0, tenant: 'a', events: [{ number: 1, variant: 'true' }] });
    await ledger.close();
    await appendFile(path, '{"kind":"told","attempt":0,"outc');
    expect(await readLedger(path)).toHaveLength(1);
  });
});
