/** Everything that is held on one person, as JSON text piece by piece: nobody's export has to fit into memory. */
import { renderEventJson } from '../core/event-json.ts';
import { DataKind, type StoredEvent } from '../core/event.ts';
import type { PersonReference } from '../core/personal-data.ts';
import type { LogBatch, LogReader } from '../log/log.ts';
import type { PersonalDataService } from './personal-data.ts';

/** Events read at once; the whole bucket of the tenant is read, some 200,000 events a second. */
const EVENTS_AT_ONCE = 2_000;

export interface ExportDependencies {
  /** Not the revealing one: only what is about the person is revealed. */
  readonly log: Pick<LogReader, 'bucketOf' | 'readBatches' | 'head'>;
  readonly personal: Pick<PersonalDataService, 'referenceOf' | 'personsOf' | 'revealer'>;
  /** Rows of read models that belong to the person. */
  readonly rows: (
    tenant: string,
    personId: string,
  ) => Promise<readonly { readonly model: string; readonly key: string; readonly row: object }[]>;
  /** JSON texts of the events of dead letters about the person, in clear. */
  readonly letters: (tenant: string, personId: string) => Promise<readonly string[]>;
}

interface Subject {
  readonly tenant: string;
  readonly personId: string;
  readonly reference: PersonReference;
}

/**
 * `{person, events: [CloudEvent ...], rows: [{model, key, row} ...], deadLetters: [CloudEvent ...]}`. Events are about the
 * person when a field of theirs is sealed with the person's key, their subject is the person's id, or they belong to a
 * stream of that id. Errors: those of the log, UNAVAILABLE; they may come after the first piece.
 */
export async function* exportPerson(
  deps: ExportDependencies,
  tenant: string,
  personId: string,
): AsyncGenerator<string | Uint8Array> {
  const reference = deps.personal.referenceOf(tenant, personId);
  const subject: Subject = { tenant, personId, reference };
  // Asked for first, so that most failures come before anything was written.
  const rows = await deps.rows(tenant, personId);
  const letters = await deps.letters(tenant, personId);
  yield `{"person":${JSON.stringify(personId)},"events":[`;
  let first = true;
  for await (const event of eventsAbout(deps, subject)) {
    if (!first) yield ',';
    first = false;
    yield renderEventJson(event);
  }
  yield `],"rows":${JSON.stringify(rows)},"deadLetters":[${letters.join(',')}]}`;
}

async function* eventsAbout(
  { log, personal }: ExportDependencies,
  subject: Subject,
): AsyncGenerator<StoredEvent> {
  const bucket = log.bucketOf(subject.tenant);
  const { position: head, lowMark } = await log.head(bucket);
  for (let after = lowMark; after < head;) {
    const batches = await log.readBatches(bucket, after, { eventsMax: EVENTS_AT_ONCE });
    const last = batches.at(-1);
    if (last === undefined) return;
    const found = batches.flatMap((batch) => aboutIn(batch, subject, personal));
    after = last.lastPosition;
    if (found.length === 0) continue;
    yield* found.map(await personal.revealer(found));
  }
}

function aboutIn(
  batch: LogBatch,
  { tenant, personId, reference }: Subject,
  personal: ExportDependencies['personal'],
): StoredEvent[] {
  const found: StoredEvent[] = [];
  for (let index = 0; index < batch.count; index++) {
    if (batch.tenantAt(index) !== tenant) continue;
    const event = batch.eventAt(index);
    if (event === null) continue;
    const sealed =
      batch.dataKindAt(index) === DataKind.sealed && personal.personsOf(event).includes(reference);
    if (sealed || event.subject === personId || streamId(event) === personId) found.push(event);
  }
  return found;
}

function streamId({ stream }: StoredEvent): string | null {
  return stream === null ? null : stream.slice(stream.indexOf('/') + 1);
}
