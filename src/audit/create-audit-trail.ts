/** Puts the audit trail together: what writes it, reads it, checks it and removes what is old. */
import type { AuditTrail } from '../core/audit.ts';
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { MetricRegistry } from '../core/metrics.ts';
import type { TextSealer } from '../core/personal-data.ts';
import { createAuditKeys } from './audit-keys.ts';
import { createAuditMetrics } from './audit-metrics.ts';
import { AUDIT_CLASSES, type Chain } from './chain.ts';
import { createCheckpointFile } from './checkpoint-file.ts';
import { checkpointIn } from './checkpoint.ts';
import { Checkpointer } from './checkpointer.ts';
import { createEntryBox } from './entry-box.ts';
import { createAuditQueries, type AuditQueries } from './queries.ts';
import { AuditRetention, type KeptDays } from './retention.ts';
import type { AuditStore, StoredCheckpoint } from './store.ts';
import { TrailWriter } from './trail.ts';
import { verifyChain, type Verified } from './verify.ts';

export interface AuditDependencies {
  readonly store: AuditStore;
  /** 32 bytes of the key store, wrapped by the master key: `secret('audit')` of openPersonalData. */
  readonly secret: Uint8Array;
  /** Seals what is about a person under the person's key. */
  readonly sealer: TextSealer;
  /** Where checkpoints go; made when it is not there. Outside the database and its backups. */
  readonly folder: string;
  /** Whether this process removes what is past its time. */
  readonly retains: boolean;
  readonly keptDays: KeptDays;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: MetricRegistry;
}

/** Entries that were noted before `start` are kept and written. */
export interface Audit extends AuditTrail, AuditQueries {
  /**
   * Every chain of the tenant against itself, the checkpoints of this server and those `given`, which are lines of a
   * checkpoint file; such of other tenants are passed over. One verification at a time. Errors: OVERLOADED.
   */
  verify(tenant: string, given: readonly unknown[]): Promise<readonly Verified[]>;
  /** PEM of the Ed25519 key that checkpoints are checked with. */
  readonly publicKey: string;
  /** Resolves when everything noted so far is stored. */
  flush(): Promise<void>;
  /** Makes checkpoints of everything written so far; they come by themselves each minute. */
  checkpoint(): Promise<void>;
  /** Removes what is past its time now; answers with how many entries went. */
  retain(): Promise<number>;
  start(): void;
  /** Writes what waits, within two seconds, and makes the last checkpoints. */
  stop(): Promise<void>;
}

export function createAuditTrail(deps: AuditDependencies): Audit {
  const { store, clock, logger, keptDays } = deps;
  const keys = createAuditKeys(deps.secret);
  const box = createEntryBox(keys, deps.sealer);
  const file = createCheckpointFile(deps.folder);
  const checkpointer = new Checkpointer({ store, keys, file, clock, logger });
  const metrics = createAuditMetrics(deps.metrics, () => writer.queued);
  const writer = new TrailWriter({ store, keys, box, checkpointer, metrics, clock, logger });
  const retention = new AuditRetention({ store, keys, trail: writer, keptDays, clock, logger });
  let verifying = false;

  async function verify(tenant: string, given: readonly unknown[]): Promise<readonly Verified[]> {
    // What is noted already is part of what is asked about.
    await writer.flush();
    const kept: unknown[] = [];
    for await (const line of file.read(tenant)) kept.push(line);
    const outside = checkpointsOf(tenant, [...kept, ...given]);
    const verified: Verified[] = [];
    for (const of of AUDIT_CLASSES) {
      const chain: Chain = { tenant, class: of };
      verified.push(await verifyChain({ store, keys }, chain, outside.get(of) ?? []));
    }
    return verified;
  }

  return {
    note: (entry) => writer.note(entry),
    record: (entry) => writer.record(entry),
    ...createAuditQueries({ store, keys, box }),
    async verify(tenant, given) {
      if (verifying)
        throw new Failure('OVERLOADED', 'Another verification is under way.', {
          retryAfterSeconds: 5,
        });
      verifying = true;
      try {
        return await verify(tenant, given);
      } finally {
        verifying = false;
      }
    },
    publicKey: keys.publicKey,
    flush: () => writer.flush(),
    checkpoint: () => checkpointer.make(),
    retain: () => retention.run(),
    start() {
      checkpointer.start();
      checkpointer.makeOfOrphans().catch((error: unknown) => {
        logger.warn('audit checkpoints of earlier entries could not be made', { error });
      });
      if (deps.retains) retention.start();
    },
    async stop() {
      await retention.stop();
      await writer.stop();
      await checkpointer.stop();
    },
  };
}

/** By class; lines that are no checkpoints of the tenant are passed over. */
function checkpointsOf(
  tenant: string,
  lines: readonly unknown[],
): ReadonlyMap<string, readonly StoredCheckpoint[]> {
  const found = new Map<string, StoredCheckpoint[]>();
  for (const line of lines) {
    const read = checkpointIn(line);
    if (read === null || read.chain.tenant !== tenant) continue;
    const known = found.get(read.chain.class);
    if (known === undefined) found.set(read.chain.class, [read.checkpoint]);
    else known.push(read.checkpoint);
  }
  return found;
}
