/** Personal data in dead letters: sealed or dropped when they are kept, cleared when the person is erased. */
import { DataKind, type EventDraft } from '../../core/event.ts';
import type { Person, SealRequest, TextSealer } from '../../core/personal-data.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { MarksOf } from '../schemas/schemas.ts';
import { dropLetters, readOpenLetters, type OpenLetter, type Owner } from './dead-letter-rows.ts';
import { eventBytesOf, textAt } from './event-bytes.ts';

/** An event as it is kept. */
export interface LetterText {
  readonly event: Buffer;
  readonly sealed: boolean;
}

export interface LetterSealer {
  seal(
    tenant: string,
    refused: readonly { readonly draft: EventDraft }[],
  ): Promise<readonly LetterText[]>;
  isAbout(letter: OpenLetter, person: Person): boolean;
  /** The text in clear; its data is null once the person was erased. Errors: UNAVAILABLE. */
  clear(
    tenant: string,
    event: Buffer,
    letter: { readonly sealed: boolean; readonly type: string },
  ): Promise<Buffer>;
}

/** Letters in clear are about whom their subject names, sealed ones about whose key they need as well. */
function isAbout(
  { event, sealed }: OpenLetter,
  person: Person,
  personal: TextSealer | undefined,
): boolean {
  if (subjectOf(event) === person.personId) return true;
  return sealed && (personal?.personsIn(event) ?? []).includes(person.reference);
}

export function createLetterSealer(deps: {
  readonly schemas: { marksOf?(tenant: string): MarksOf | undefined };
  readonly personal?: TextSealer;
}): LetterSealer {
  const { schemas, personal } = deps;
  return {
    async seal(tenant, refused) {
      const marksOf = schemas.marksOf?.(tenant);
      const texts = refused.map(({ draft }) => ({ draft, event: eventBytesOf(draft) }));
      if (personal === undefined || marksOf === undefined)
        return texts.map(({ event }) => ({ event, sealed: false }));
      const requests = texts.map(({ draft, event }) => requestOf(draft, event, marksOf));
      const marked = requests.filter((request) => request !== null);
      const results = await personal.sealTexts(tenant, marked);
      let next = 0;
      return texts.map(({ draft, event }, index): LetterText => {
        const result = requests[index] === null ? undefined : results[next++];
        if (result === undefined || result.status === 'plain') return { event, sealed: false };
        if (result.status === 'sealed') return { event: Buffer.from(result.bytes), sealed: true };
        return { event: eventBytesOf({ ...draft, dataKind: DataKind.none }), sealed: false };
      });
    },
    isAbout: (letter, person) => isAbout(letter, person, personal),
    async clear(tenant, event, { sealed, type }) {
      if (!sealed || personal === undefined) return event;
      return Buffer.from(await personal.revealText(tenant, type, event));
    },
  };
}

/** Null when the schema marks nothing. The data as a whole is one field; the event's own pointers begin with `/data`. */
function requestOf(draft: EventDraft, event: Buffer, marksOf: MarksOf): SealRequest | null {
  const marks = marksOf(draft);
  if (marks === undefined || marks.fields.length === 0) return null;
  const fields = ['/data', '/data_base64'];
  return {
    type: draft.type,
    marks: { person: marks.person === '' ? '/subject' : `/data${marks.person}`, fields },
    otherwise: textAt(draft, draft.subjectStart, draft.subjectEnd),
    text: event,
  };
}

/** What persons may ask of dead letters: what there is about them, and that it goes. */
export function lettersOfPersons(
  database: Database,
  letters: LetterSealer,
  ownerOf: (tenant: string) => Owner,
) {
  return {
    async about(person: Person): Promise<readonly string[]> {
      const rows = await readOpenLetters(database, ownerOf(person.tenant));
      const about = rows.filter((row) => letters.isAbout(row, person));
      const texts = about.map((row) => letters.clear(person.tenant, row.event, row));
      return (await Promise.all(texts)).map((text) => text.toString('utf8'));
    },
    /** Letters in clear, because no schema marks their fields, lose their event. */
    async forget({ tenant, personId }: Person): Promise<readonly string[]> {
      const owner = ownerOf(tenant);
      await database.transaction(async (tx) => {
        const open = await readOpenLetters(tx, owner);
        const about = open.filter(({ event, sealed }) => !sealed && subjectOf(event) === personId);
        const ids = about.map(({ id }) => id);
        if (ids.length > 0) await dropLetters(tx, owner, ids);
      });
      return ['dead_letters'];
    },
  };
}

function subjectOf(event: Buffer): unknown {
  // safe because letters are JSON objects that this server wrote
  return (JSON.parse(event.toString('utf8')) as Record<string, unknown>)['subject'];
}
