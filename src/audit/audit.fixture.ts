/** The audit trail with real keys and sealing over a store of the caller's: for tests. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AuditEntry } from '../core/audit.ts';
import { silentLogger } from '../core/logger.ts';
import { noMetrics } from '../core/metrics.ts';
import { createMasterKeys } from '../personal-data/master-key.ts';
import { createPersonalData, type PersonalDataService } from '../personal-data/personal-data.ts';
import { createMemoryKeyStore, type MemoryKeyStore } from '../platform/keys/memory-key-store.ts';
import { createAuditTrail, type Audit, type AuditDependencies } from './create-audit-trail.ts';
import type { AuditStore } from './store.ts';

export interface AuditFixture {
  readonly audit: Audit;
  readonly personal: PersonalDataService;
  readonly keyStore: MemoryKeyStore;
  readonly folder: string;
  /** What lies in the checkpoint file. */
  lines(): Promise<readonly Record<string, unknown>[]>;
  /** Another process with the same keys and a folder of its own. */
  another(more?: Partial<AuditDependencies>): Audit;
  close(): Promise<void>;
}

export const SECRET = Buffer.alloc(32, 7);

export async function auditFixture(
  store: AuditStore,
  more: Partial<AuditDependencies> = {},
): Promise<AuditFixture> {
  const keyStore = createMemoryKeyStore();
  const master = createMasterKeys(randomBytes(32).toString('base64'));
  const personal = await createPersonalData({ keys: keyStore, master });
  const folder = await mkdtemp(path.join(tmpdir(), 'comptoir-audit-'));
  const started: Audit[] = [];
  const another = (other: Partial<AuditDependencies> = {}): Audit => {
    const audit = createAuditTrail({
      store,
      secret: SECRET,
      sealer: personal,
      folder: path.join(folder, String(started.length)),
      retains: false,
      keptDays: { audit: 2562, security: 732, access: 366 },
      clock: { nowMs: () => Date.now() },
      logger: silentLogger,
      metrics: noMetrics,
      ...more,
      ...other,
    });
    started.push(audit);
    return audit;
  };
  const audit = another();
  return {
    audit,
    personal,
    keyStore,
    folder,
    async lines() {
      const text = await readFile(path.join(folder, '0', 'checkpoints.ndjson'), 'utf8');
      return text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    },
    another,
    async close() {
      for (const each of started) await each.stop();
      await personal.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** An entry of tenant `t1` about a read, unless told otherwise. */
export function entry(more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    tenant: 't1',
    class: 'access',
    action: 'customers.read',
    actor: 'user:1',
    address: '192.0.2.7',
    ...more,
  };
}

/** Notes one entry after the other, so that each has a seq that the test knows. */
export async function noteEach(audit: Audit, entries: readonly AuditEntry[]): Promise<void> {
  for (const each of entries) audit.note(each);
  await audit.flush();
}
