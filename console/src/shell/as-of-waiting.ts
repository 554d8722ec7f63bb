/** Which lists of the screen wait for their copy as of the moment, seen from what the server refused. */
import { useCallback, useSyncExternalStore } from 'react';
import { CallFailed } from '../../../src/client/client.ts';
import { queries } from '../api/api.ts';

/** The list waited in vain for its copy, or there is no room for one: both name the copy. */
const WAITS: ReadonlySet<string> = new Set(['AS_OF_NOT_BUILT', 'AS_OF_COPIES_IN_USE']);

/** Name of the read model whose copy as of the moment a refusal says is missing; null for every other error. */
export function waitingModel(error: unknown, at: string): string | null {
  if (!(error instanceof CallFailed) || !WAITS.has(error.code)) return null;
  const { body } = error;
  if (typeof body !== 'object' || body === null) return null;
  const { model, asOf }: { readonly model?: unknown; readonly asOf?: unknown } = body;
  if (typeof model !== 'string' || typeof asOf !== 'string') return null;
  return Date.parse(asOf) === Date.parse(at) ? model : null;
}

/** The read models that what is on the screen waits for, in order. */
export function useWaitingModels(at: string): readonly string[] {
  const subscribe = useCallback(
    (onChange: () => void) => queries.getQueryCache().subscribe(onChange),
    [],
  );
  const names = useSyncExternalStore(subscribe, () => waitingNow(at));
  return names === '' ? [] : names.split(' ');
}

/** One text, so that it is the same as long as it says the same. Names of models hold no spaces. */
function waitingNow(at: string): string {
  const names = new Set<string>();
  for (const query of queries.getQueryCache().getAll()) {
    const model = query.isActive() ? waitingModel(query.state.error, at) : null;
    if (model !== null) names.add(model);
  }
  return [...names].sort().join(' ');
}

/** Reads again what waited for the copy. */
export async function readPrepared(model: string, at: string): Promise<void> {
  await queries.refetchQueries({
    predicate: ({ state }) => waitingModel(state.error, at) === model,
  });
}
