/**
 * The steps of one erasure, in the order in which they have to happen. Each may be repeated; the list in the key store
 * says whether all of them are done.
 *
 *   1 on the list            (erase.ts) from here on no key is made for the person
 *   2 row in erased_persons  nothing that was revealed before is written any more
 *   3 key destroyed          sealed fields read as null, everywhere and in every copy
 *   4 event appended         whoever keeps a copy outside learns of it
 *   5 tombstones             in received events about the person that were never sealed
 *   6 projections passed     nothing on its way is written after step 7
 *   7 forgotten              snapshots, read models, dead letters
 *   8 tables rewritten, write-ahead log cleared, row marked cleaned, list done   (erase.ts, for many persons at once)
 */
import { Failure } from '../core/errors.ts';
import { DataKind, jsonDraftOf, type StoredEvent } from '../core/event.ts';
import type { PersonalMarks } from '../core/event-type.ts';
import type { ErasureEntry, KeyStore } from '../core/key-store.ts';
import type { ForgetsPersons, Person } from '../core/personal-data.ts';
import type { EventLog } from '../log/log.ts';
import type { Database } from '../platform/postgres/database.ts';
import { insertErased } from './erased-rows.ts';
import type { PersonalDataService } from './personal-data.ts';
import { findMarked } from './sealed-fields.ts';

export const ERASED_TYPE = 'comptoir.person.erased.v1';
const ERASED_SOURCE = '/comptoir/persons';
const FIND_LIMIT = 500;
/** Projections that are further behind than this are waited for again, after a pause. */
const PROJECTIONS_TIMEOUT_MS = 60_000;

export interface StepDependencies {
  readonly keys: KeyStore;
  readonly personal: Pick<PersonalDataService, 'forget'>;
  /** Not the revealing one. */
  readonly log: Pick<EventLog, 'appendDecided' | 'find' | 'bucketOf' | 'readStream'> & {
    eraseReceived(tenant: string, positions: readonly bigint[]): Promise<number>;
  };
  readonly database: Database;
  readonly forgets: readonly ForgetsPersons[];
  /** Null where nothing is projected. */
  readonly projections: {
    waitForAll(bucket: number, position: bigint, timeoutMs: number): Promise<void>;
  } | null;
  /**
   * Marks of the schema that applies to a received event; no fields for a schema that marks none, undefined without a
   * schema.
   */
  readonly marksOf: (tenant: string, event: StoredEvent) => PersonalMarks | undefined;
}

/** Steps 2 to 4: afterwards nobody reads the person's sealed fields. Answers with the position of the event. */
export async function destroy(deps: StepDependencies, entry: ErasureEntry): Promise<bigint> {
  const { tenant, reference } = entry;
  const bucket = deps.log.bucketOf(tenant);
  await insertErased(deps.database, { bucket, tenant, reference });
  await deps.keys.destroyKey(reference);
  deps.personal.forget(reference);
  return appendErased(deps, entry);
}

/** `projected`: whether projections are running. `stop` ends the wait for them. */
export type Afterwards =
  | { readonly projected: false }
  | { readonly projected: true; readonly position: bigint; readonly stop: AbortSignal };

/** Steps 5 to 7; answers with the tables that hold what was cleared. Errors: the reason of `stop`. */
export async function clear(
  deps: StepDependencies,
  person: Person,
  after: Afterwards,
): Promise<readonly string[]> {
  const tables: string[] = [];
  const positions = await unsealedAbout(deps, person);
  if (positions.length > 0) {
    await deps.log.eraseReceived(person.tenant, positions);
    tables.push('log_batches');
  }
  if (after.projected) {
    const bucket = deps.log.bucketOf(person.tenant);
    const passed = deps.projections?.waitForAll(bucket, after.position, PROJECTIONS_TIMEOUT_MS);
    await unlessStopped(passed, after.stop);
  }
  for (const holder of deps.forgets) tables.push(...(await holder.forget(person)));
  return tables;
}

/** A stop comes with a deadline that is shorter than the wait. */
async function unlessStopped(work: Promise<void> | undefined, stop: AbortSignal): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const broken = (): void => reject(stop.reason);
  if (stop.aborted) broken();
  else stop.addEventListener('abort', broken, { once: true });
  try {
    await Promise.race([promise, work]);
  } finally {
    stop.removeEventListener('abort', broken);
  }
}

/** The event holds no id: the stream is named by the keyed hash. Version 1 exists once, however often this runs. */
async function appendErased(deps: StepDependencies, entry: ErasureEntry): Promise<bigint> {
  const { tenant, reference, receiptId, actor, requestedAt } = entry;
  const stream = `persons/${reference}`;
  const draft = jsonDraftOf(
    {
      id: receiptId,
      source: ERASED_SOURCE,
      type: ERASED_TYPE,
      time: requestedAt,
      extensions: { commandid: receiptId, correlationid: receiptId, actor },
    },
    { person: reference, receiptId },
  );
  const outcome = await deps.log.appendDecided({
    tenant,
    streams: [{ stream, expectedVersion: 0n, events: [draft] }],
  });
  if (outcome.status === 'appended') return outcome.position;
  if (outcome.status === 'unknown')
    throw new Failure('OUTCOME_UNKNOWN', 'It is not known yet whether the erasure was recorded.');
  const [known] = await deps.log.readStream(tenant, stream, { fromVersion: 1n, limit: 1 });
  return known?.position ?? 0n;
}

/** Positions of received events whose subject is the person and that hold personal data in clear, or may. */
async function unsealedAbout(deps: StepDependencies, person: Person): Promise<readonly bigint[]> {
  const { tenant, personId } = person;
  const positions: bigint[] = [];
  for (let after = 0n; ;) {
    const query = { tenant, subject: personId, after, limit: FIND_LIMIT };
    const { events, nextAfter, more } = await deps.log.find(query);
    for (const event of events)
      if (isUnsealed(event, deps.marksOf(tenant, event))) positions.push(event.position);
    if (!more) return positions;
    after = nextAfter;
  }
}

/** A schema's word counts: where it marks nothing there is nothing personal, where the marked fields are absent neither. */
function isUnsealed(event: StoredEvent, marks: PersonalMarks | undefined): boolean {
  const { dataKind, decided } = event;
  if (decided || dataKind === DataKind.sealed || dataKind === DataKind.erased) return false;
  if (marks === undefined) return true;
  if (dataKind !== DataKind.json) return marks.fields.length > 0;
  return findMarked(Buffer.from(event.data), marks).fields.length > 0;
}
