/** Documents and jobs beyond what the lists have read, looked up one by one where a name depends on them. */
import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { CallFailed } from '../../../../src/client/client.ts';
import { client } from '../../api/api.ts';
import { missingIds, type Known } from './document-names.ts';

/** Lookups of a visit to the screen; whatever is called after more is called by the end of its id. */
const LOOKUPS_MAX = 60;

interface Wanted {
  readonly kind: 'document' | 'job';
  readonly id: string;
}

/** What is known with what was looked up; nothing is asked while the lists themselves can read on. */
export function useFarther(known: Known, isNeeded: boolean): Known {
  const [wanted, setWanted] = useState<readonly Wanted[]>([]);
  const found = useQueries({
    queries: wanted.map((each) => ({
      queryKey: ['a farther document', each.kind, each.id],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => lookUp(each, signal),
      staleTime: Infinity,
    })),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  });
  const all = {
    documents: [...known.documents, ...found.flatMap(({ documents }) => documents)],
    jobs: [...known.jobs, ...found.flatMap(({ jobs }) => jobs)],
  };
  const missing = isNeeded ? missingIds(all) : { jobs: [], documents: [] };
  const next = [
    ...missing.jobs.map((id): Wanted => ({ kind: 'job', id })),
    ...missing.documents.map((id): Wanted => ({ kind: 'document', id })),
  ].filter(({ id }) => !wanted.some((each) => each.id === id));
  const asked = next.slice(0, LOOKUPS_MAX - wanted.length);
  const key = asked.map(({ id }) => id).join();
  useEffect(() => {
    if (key !== '') setWanted((before) => [...before, ...asked]);
    // `asked` is a new list each time; its ids say when it is another.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return all;
}

/** Nothing for what is gone. Errors: CallFailed. */
async function lookUp({ kind, id }: Wanted, signal: AbortSignal): Promise<Known> {
  try {
    if (kind === 'job') {
      const { body } = await client.call('GET /v1/documents/jobs/{id}', { params: { id }, signal });
      const { operation = '', inputs = [] } = body;
      return { documents: [], jobs: [{ id, operation, inputs }] };
    }
    const { body } = await client.call('GET /v1/documents/{id}', { params: { id }, signal });
    const { name = null, madeBy = null } = body;
    return { documents: [{ id, name, madeBy }], jobs: [] };
  } catch (error) {
    if (error instanceof CallFailed && error.status === 404) return { documents: [], jobs: [] };
    throw error;
  }
}
