/**
 * Ends the demo for good. A log that keeps what happened cannot drop a tenant, so this takes away everything that makes
 * the tenant usable and everything about persons:
 *
 *   1 the log of the demo says that it ended; from now on no start fills it or plays its evenings
 *   2 filling and evenings stop
 *   3 API keys are revoked; people, their sessions, PINs and links are removed; webhooks are removed
 *   4 every person named in its events is erased (crypto-shredding), in the background
 *   5 its documents are removed, pictures too where no event needs them any more
 *
 * What stays: events without personal data, which nobody can read through the interface but an administrator with
 * log:read. Each step can be repeated, and whatever a crash cut is done at the next start.
 */
import { lockTenant, placeOf, type AccessContext } from '../access/context.ts';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { EventLog } from '../log/log.ts';
import { markDemoEnded } from './ended.ts';
import { DEMO_TENANT } from './seed-demo.ts';

/** Of one person, within a minute or so; the next start goes on with whoever is left. */
const TRIES_MAX = 10;
const REST_MS = 2_000;

export interface DeleteDemoDependencies {
  readonly context: AccessContext;
  readonly log: Pick<EventLog, 'appendReceived'>;
  readonly logger: Logger;
  /** Ends filling, evenings and what is being broken, in this process. */
  readonly stopAll: () => Promise<void>;
  /** Ids of all persons that the events of the demo name. */
  readonly persons: () => Promise<ReadonlySet<string>>;
  readonly erase: (personId: string) => Promise<unknown>;
  /** Documents and webhooks; answers with how many of each went. */
  readonly removeThings: () => Promise<{ readonly documents: number; readonly webhooks: number }>;
}

export interface DeletedDemo {
  readonly keysRevoked: number;
  readonly peopleRemoved: number;
  readonly documentsRemoved: number;
  readonly webhooksRemoved: number;
  /** In the background from now on. */
  readonly personsToErase: number;
}

export interface Deletion {
  /** Resolves when nobody can use the demo any more. */
  delete(actor: string): Promise<DeletedDemo>;
  /** Resolves when every person is erased, or the next start has to go on with it. */
  settled(): Promise<void>;
  /** Breaks the erasing off after the person at hand. */
  stop(): Promise<void>;
}

export function createDeletion(deps: DeleteDemoDependencies): Deletion {
  let erasing: Promise<void> = Promise.resolve();
  let isStopped = false;

  /** Tables that are being rewritten hold lists up, and nobody is erased while these are seconds behind. */
  async function eraseOne(personId: string): Promise<void> {
    for (let tries = 1; ; tries += 1)
      try {
        await deps.erase(personId);
        return;
      } catch (error) {
        const isPassing = error instanceof Failure && error.retryable;
        if (!isPassing || tries === TRIES_MAX || isStopped) throw error;
        await new Promise((resolve) => setTimeout(resolve, REST_MS));
      }
  }

  async function eraseAll(persons: ReadonlySet<string>): Promise<void> {
    try {
      for (const personId of persons) {
        if (isStopped) return;
        await eraseOne(personId);
      }
    } catch (error) {
      deps.logger.warn('guests of the demo are erased at the next start', { error });
    }
  }

  return {
    async delete(actor) {
      await markDemoEnded(deps.log);
      await deps.stopAll();
      const persons = await deps.persons();
      const { documents, webhooks } = await deps.removeThings();
      const gone = await removeAccess(deps.context, actor);
      erasing = eraseAll(persons);
      return {
        ...gone,
        documentsRemoved: documents,
        webhooksRemoved: webhooks,
        personsToErase: persons.size,
      };
    },
    settled: () => erasing,
    async stop() {
      isStopped = true;
      await erasing;
    },
  };
}

/** Keys and people of the demo, sessions, codes and links with them. */
async function removeAccess(
  context: AccessContext,
  actor: string,
): Promise<{ readonly keysRevoked: number; readonly peopleRemoved: number }> {
  const place = placeOf(context, DEMO_TENANT);
  const values = [place.bucket, place.tenant];
  const gone = await context.database.transaction(async (tx) => {
    await lockTenant(tx, place);
    const keys = await tx.query({
      // Index api_keys_by_tenant.
      text: `update api_keys set revoked_at = now()
             where bucket = $1 and tenant = $2 and revoked_at is null`,
      values,
    });
    const devices = 'delete from access_devices where bucket = $1 and tenant = $2';
    await tx.query({ text: devices, values });
    const people = await tx.query({
      // Sessions, roles, codes and links go with their person.
      text: 'delete from access_users where bucket = $1 and tenant = $2',
      values,
    });
    return { keysRevoked: keys.rowCount, peopleRemoved: people.rowCount };
  });
  // At a start after the deletion there is nothing left to tell.
  if (gone.keysRevoked + gone.peopleRemoved === 0) return gone;
  context.forget();
  context.audit.note({
    tenant: DEMO_TENANT,
    class: 'security',
    action: 'demo.deleted',
    actor,
    address: null,
    after: gone,
  });
  return gone;
}
