/** Names of documents in the reader's words, from what the screen has read. */
import { useWords } from '../../words/language.ts';
import { documentName, inputNames, type Known, type NameWords } from './document-names.ts';
import type { DocumentRow, JobRow } from './document-types.ts';
import { operationWords } from './operation-words.ts';
import { words } from './words.ts';

export interface Names {
  of(document: Pick<DocumentRow, 'id' | 'name' | 'madeBy'>): string;
  /** By its id; what is not on the screen has the end of it. */
  byId(id: string): string;
  /** "Watermark · menu.pdf". */
  ofJob(job: JobRow): string;
}

export function useNames(known: Known): Names {
  const t = useWords(words);
  const say = useWords(operationWords);
  const operation = (name: string): string => {
    const key = `op-${name}`;
    // safe because the words have the key
    return Object.hasOwn(operationWords.en, key) ? say(key as 'op-text') : name;
  };
  const nameWords: NameWords = {
    made: (name, of) => t('made', { what: operation(name), of }),
    unnamed: (end) => t('unnamed', { end }),
  };
  return {
    of: (document) => documentName(document, known, nameWords),
    byId: (id) => {
      const found = known.documents.find((each) => each.id === id);
      return documentName(found ?? { id, name: null, madeBy: null }, known, nameWords);
    },
    ofJob: (job) =>
      job.inputs.length === 0
        ? operation(job.operation)
        : t('made', { what: operation(job.operation), of: inputNames(job, known, nameWords) }),
  };
}
