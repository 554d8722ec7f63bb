/** A dead letter as text: parsing would round its numbers beyond 2^53. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { CallFailed } from '../../../../src/client/client.ts';

/** Of the whole letter; its event is a member. It is read once for as long as the letter is open. */
export function useLetterText(id: string): UseQueryResult<string, Error> {
  return useQuery({
    queryKey: ['the text of a dead letter', id],
    queryFn: ({ signal }) => letterText(id, signal),
    staleTime: Infinity,
  });
}

async function letterText(id: string, signal: AbortSignal): Promise<string> {
  const path = `/v1/events/rejected/${encodeURIComponent(id)}`;
  const response = await fetch(path, { headers: { accept: 'application/json' }, signal });
  const text = await response.text();
  if (response.ok) return text;
  throw new CallFailed({ status: response.status, traceId: '', body: bodyOf(text) });
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
