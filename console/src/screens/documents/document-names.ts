/** What a document is called: as it was uploaded, else by what made it of what, else by the end of its id. Pure. */
import type { DocumentRow, JobRow } from './document-types.ts';

export interface Known {
  readonly documents: readonly Pick<DocumentRow, 'id' | 'name' | 'madeBy'>[];
  readonly jobs: readonly Pick<JobRow, 'id' | 'operation' | 'inputs'>[];
}

/** How an operation and its inputs are put into words. */
export interface NameWords {
  made(operation: string, of: string): string;
  /** By the end of its id; the beginning is the same for all of a minute. */
  unnamed(end: string): string;
}

const ID_END = 6;
/** Inputs that are named before the rest is counted. */
const NAMED_MAX = 2;

export function documentName(
  document: Pick<DocumentRow, 'id' | 'name' | 'madeBy'>,
  known: Known,
  words: NameWords,
): string {
  const { id, name, madeBy } = document;
  if (name !== null) return name;
  const job = madeBy === null ? undefined : known.jobs.find((each) => each.id === madeBy);
  // What was made of what was made is called by its first document, not by the whole of its way.
  return job === undefined || job.inputs.length === 0
    ? words.unnamed(id.slice(-ID_END))
    : words.made(job.operation, inputNames(job, known, words));
}

export function inputNames(
  { inputs }: Pick<JobRow, 'inputs'>,
  known: Known,
  words: NameWords,
): string {
  const names = inputs.slice(0, NAMED_MAX).map((id) => rootName(id, known, words));
  const more = inputs.length - names.length;
  return [...names, ...(more > 0 ? [`+${more}`] : [])].join(', ');
}

/** What is missing to name every document: whether jobs, documents or both have to be read further back. */
export function missingOf({ documents, jobs }: Known): {
  readonly jobs: boolean;
  readonly documents: boolean;
} {
  const known = new Set(documents.map(({ id }) => id));
  const made = new Map(jobs.map((job) => [job.id, job]));
  const unnamed = documents.filter(({ name, madeBy }) => name === null && madeBy !== null);
  const makers = unnamed.flatMap(({ madeBy }) => (madeBy === null ? [] : [made.get(madeBy)]));
  return {
    jobs: makers.includes(undefined),
    documents: makers.some((job) => job?.inputs.some((id) => !known.has(id)) === true),
  };
}

/** Jobs and documents that a name goes back to and that are not known, each once. */
export function missingIds({ documents, jobs }: Known): {
  readonly jobs: readonly string[];
  readonly documents: readonly string[];
} {
  const known = new Set(documents.map(({ id }) => id));
  const made = new Map(jobs.map((job) => [job.id, job]));
  const makers = documents.flatMap(({ name, madeBy }) =>
    name === null && madeBy !== null ? [madeBy] : [],
  );
  const inputs = makers.flatMap((id) => made.get(id)?.inputs.slice(0, NAMED_MAX) ?? []);
  return {
    jobs: [...new Set(makers)].filter((id) => !made.has(id)),
    documents: [...new Set(inputs)].filter((id) => !known.has(id)),
  };
}

/** The name of the upload that a document goes back to; each step leads to an older one, so it ends. */
function rootName(id: string, known: Known, words: NameWords): string {
  let at = id;
  for (let steps = 0; steps < known.jobs.length + 1; steps += 1) {
    const document = known.documents.find((each) => each.id === at);
    if (document !== undefined && document.name !== null) return document.name;
    const job = known.jobs.find((each) => each.id === document?.madeBy);
    const [first] = job?.inputs ?? [];
    if (first === undefined) return words.unnamed(at.slice(-ID_END));
    at = first;
  }
  return words.unnamed(at.slice(-ID_END));
}
