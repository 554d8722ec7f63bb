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
  /** Who else the person is: records merged into this one, leads that became it, conversations it began. */
  readonly related: (tenant: string, personId: string) => Promise<readonly string[]>;
  /** JSON texts of the events of dead letters about the person, in clear. */
  readonly letters: (tenant: string, personId: string) => Promise<readonly string[]>;
}

/** The person under all its ids. */
interface Subject {
  readonly tenant: string;
  readonly personIds: ReadonlySet<string>;
  readonly references: ReadonlySet<PersonReference>;
}

/**
 * `{person, related: [id ...], events: [CloudEvent ...], rows: [{model, key, row} ...], deadLetters: [CloudEvent ...]}`.
 * `related` are further ids of the same person, whose records are among the others. Events are about the person when a field
 * of theirs is sealed with a key of the person, their subject is an id of the person, or they belong to a stream of that id.
 * Errors: those of the log, UNAVAILABLE; they may come after the first piece.
 */
export async function* exportPerson(
  deps: ExportDependencies,
  tenant: string,
  personId: string,
): AsyncGenerator<string | Uint8Array> {
  // Asked for first, so that most failures come before anything was written.
  const related = await deps.related(tenant, personId);
  const ids = [personId, ...related];
  const rows = await gathered(ids, (id) => deps.rows(tenant, id));
  const letters = await gathered(ids, (id) => deps.letters(tenant, id));
  const subject: Subject = {
    tenant,
    personIds: new Set(ids),
    references: new Set(ids.map((id) => deps.personal.referenceOf(tenant, id))),
  };
  yield `{"person":${JSON.stringify(personId)},"related":${JSON.stringify(related)},"events":[`;
  let first = true;
  for await (const event of eventsAbout(deps, subject)) {
    if (!first) yield ',';
    first = false;
    yield renderEventJson(event);
  }
  yield `],"rows":${JSON.stringify(rows)},"deadLetters":[${letters.join(',')}]}`;
}

/** One id after the other: a person has a handful. */
async function gathered<Item>(
  ids: readonly string[],
  of: (id: string) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  for (const id of ids) found.push(...(await of(id)));
  return found;
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
    // A batch may have been merged with what was read before.
    const begin = after + 1n;
    const found = batches.flatMap((batch) => aboutIn(batch, begin, { subject, personal }));
    after = last.lastPosition;
    if (found.length === 0) continue;
    yield* found.map(await personal.revealer(found));
  }
}

/** From position `begin` on. */
function aboutIn(
  batch: LogBatch,
  begin: bigint,
  about: { readonly subject: Subject; readonly personal: ExportDependencies['personal'] },
): StoredEvent[] {
  const { tenant, personIds, references } = about.subject;
  const found: StoredEvent[] = [];
  const first = Math.max(0, Number(begin - batch.firstPosition));
  for (let index = first; index < batch.count; index++) {
    if (batch.tenantAt(index) !== tenant) continue;
    const event = batch.eventAt(index);
    if (event === null) continue;
    const sealed =
      batch.dataKindAt(index) === DataKind.sealed &&
      about.personal.personsOf(event).some((reference) => references.has(reference));
    const named = [event.subject, streamId(event)].some((id) => id !== null && personIds.has(id));
    if (sealed || named) found.push(event);
  }
  return found;
}

function streamId({ stream }: StoredEvent): string | null {
  return stream === null ? null : stream.slice(stream.indexOf('/') + 1);
}
