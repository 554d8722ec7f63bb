/**
 * Personal fields of received events on their way to the log: sealed when the schema of their type marks them. A tenant
 * whose schemas mark nothing pays one look into a Map for it.
 */
import { contentOfDraft, sameContent } from '../core/content-equality.ts';
import { DataKind, type EventDraft } from '../core/event.ts';
import type { PersonalMarks } from '../core/event-type.ts';
import type { PersonalData, SealRequest, SealResult, TextSealer } from '../core/personal-data.ts';
import type { EventLog, ReceivedOutcome } from '../log/log.ts';
import { invalid, type Rejection } from './rejection.ts';
import type { MarksOf } from './schemas/schemas.ts';

/** What became of an event, or why it is not stored. */
export type SealedOutcome =
  ReceivedOutcome | { readonly status: 'rejected'; readonly rejection: Rejection };

export interface ReceivedSealer {
  /**
   * Seals and appends; undefined for a tenant whose schemas mark nothing. Errors: those of the log, UNAVAILABLE when the
   * key store cannot be reached; nothing was stored then.
   */
  of(
    tenant: string,
  ): ((drafts: readonly EventDraft[]) => Promise<readonly SealedOutcome[]>) | undefined;
}

export interface SealerDependencies {
  /** Not the revealing one. */
  readonly log: Pick<EventLog, 'appendReceived' | 'find'>;
  readonly schemas: { marksOf(tenant: string): MarksOf | undefined };
  readonly personal: TextSealer & Pick<PersonalData, 'prepare' | 'reveal'>;
}

export function createReceivedSealer(deps: SealerDependencies): ReceivedSealer {
  return {
    of(tenant) {
      const marksOf = deps.schemas.marksOf(tenant);
      if (marksOf === undefined) return undefined;
      return (drafts) => appendSealed(deps, tenant, { drafts, marksOf });
    },
  };
}

interface Work {
  readonly drafts: readonly EventDraft[];
  readonly marksOf: MarksOf;
}

async function appendSealed(
  deps: SealerDependencies,
  tenant: string,
  { drafts, marksOf }: Work,
): Promise<readonly SealedOutcome[]> {
  const results = await sealMarked(deps.personal, tenant, { drafts, marksOf });
  const outcomes: (SealedOutcome | undefined)[] = [];
  const kept: EventDraft[] = [];
  for (const [index, draft] of drafts.entries()) {
    const result = results[index];
    if (result === undefined || result.status === 'plain') kept.push(draft);
    else if (result.status === 'sealed') kept.push(withData(draft, result.bytes));
    else outcomes[index] = await refusal(deps, tenant, { draft, status: result.status });
  }
  const appended = kept.length === 0 ? [] : await deps.log.appendReceived(tenant, kept);
  let next = 0;
  for (const [index, draft] of drafts.entries()) {
    if (outcomes[index] !== undefined) continue;
    const outcome = appended[next++] ?? { status: 'unknown' };
    outcomes[index] =
      outcome.status === 'conflict' ? await compared(deps, tenant, { draft, outcome }) : outcome;
  }
  return outcomes.map((outcome) => outcome ?? { status: 'unknown' });
}

/** One result a draft, undefined where nothing is marked. */
async function sealMarked(
  personal: TextSealer,
  tenant: string,
  { drafts, marksOf }: Work,
): Promise<readonly (SealResult | undefined)[]> {
  const results: (SealResult | undefined)[] = [];
  const requests: SealRequest[] = [];
  const places: number[] = [];
  for (const [index, draft] of drafts.entries()) {
    const marks = marksOf(draft);
    if (marks === undefined || marks.fields.length === 0 || draft.dataKind === DataKind.none)
      continue;
    // Fields cannot be found in what is not JSON, and it must not be stored in clear.
    if (draft.dataKind !== DataKind.json) results[index] = { status: 'nobody' };
    else {
      requests.push(requestOf(draft, marks));
      places.push(index);
    }
  }
  const sealed = requests.length === 0 ? [] : await personal.sealTexts(tenant, requests);
  places.forEach((index, at) => (results[index] = sealed[at]));
  return results;
}

function requestOf(draft: EventDraft, marks: PersonalMarks): SealRequest {
  return {
    type: draft.type,
    marks,
    otherwise: contentOfDraft(draft).subject,
    text: draft.dataBytes.subarray(draft.dataStart, draft.dataEnd),
  };
}

/**
 * An event without a person is refused rather than stored in clear. One of an erased person is a duplicate when its key is
 * stored, whatever it says now: what the stored one said is gone, so there is nothing to compare with.
 */
async function refusal(
  { log }: SealerDependencies,
  tenant: string,
  { draft, status }: { draft: EventDraft; status: 'nobody' | 'erased' },
): Promise<SealedOutcome> {
  if (status === 'nobody')
    return rejected(
      invalid('data', 'The data has personal fields, but is no JSON or names no person.'),
    );
  const { id, source } = contentOfDraft(draft);
  const { events } = await log.find({ tenant, id, source, after: 0n, limit: FOUND_MAX });
  const original = events.findLast(({ decided }) => !decided);
  if (original !== undefined) return { status: 'duplicate', position: original.position };
  return rejected({ code: 'PERSON_ERASED', detail: 'The person was erased.', at: 'data' });
}

/** A key may have been stored again after it left the dedupe window; ten times are more than enough. */
const FOUND_MAX = 10;

/**
 * The stored event may have been written under another version of the schema, with other fields sealed: what counts is
 * whether both say the same in clear.
 */
async function compared(
  { log, personal }: SealerDependencies,
  tenant: string,
  { draft, outcome }: { draft: EventDraft; outcome: ReceivedOutcome & { position: bigint } },
): Promise<ReceivedOutcome> {
  const content = contentOfDraft(draft);
  const { position } = outcome;
  const query = { tenant, id: content.id, source: content.source, after: position - 1n, limit: 1 };
  const [stored] = (await log.find(query)).events;
  if (stored === undefined || stored.position !== position) return outcome;
  await personal.prepare([stored]);
  const same = sameContent(personal.reveal(stored), content);
  return same ? { status: 'duplicate', position } : outcome;
}

function rejected(rejection: Rejection): SealedOutcome {
  return { status: 'rejected', rejection };
}

function withData(draft: EventDraft, bytes: Uint8Array): EventDraft {
  return {
    ...draft,
    dataKind: DataKind.sealed,
    dataBytes: bytes,
    dataStart: 0,
    dataEnd: bytes.length,
  };
}
