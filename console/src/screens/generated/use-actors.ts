/** Who gave a command, for people: colleagues, keys and what acts by itself by name, where the reader may know them. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { actorWords } from '../../words/audit/actor-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { callGeneric } from './generic-calls.ts';
import { isObject } from './schema.ts';
import { words } from './words.ts';

/** Names of people change rarely; a screen over many stories asks once. */
const FRESH_MS = 5 * 60_000;
/** As many as the server lists at once; an installation has fewer. */
const KEYS_MAX = 200;

const USER = 'user:';
const POLICY = 'policy:';

/** Names of colleagues by their id, with one's own; empty of others while they are read. */
export function useColleagues(): ReadonlyMap<string, string> {
  const { user } = useSession();
  const read = useQuery<ReadonlyMap<string, string>, CallFailed>({
    queryKey: ['GET /v1/access/colleagues', {}],
    staleTime: FRESH_MS,
    queryFn: async ({ signal }) =>
      colleaguesOf(await callGeneric('GET /v1/access/colleagues', { signal })),
  });
  const known = read.data;
  return useMemo(
    () => new Map([...(known ?? []), [user.id, user.name]]),
    [known, user.id, user.name],
  );
}

function colleaguesOf(body: unknown): ReadonlyMap<string, string> {
  const items = isObject(body) && Array.isArray(body['items']) ? body['items'] : [];
  return new Map(
    items
      .filter(isObject)
      .flatMap(({ id, name }) =>
        typeof id === 'string' && typeof name === 'string' ? [[id, name] as const] : [],
      ),
  );
}

/** Keys of programs, revoked ones too, for those who may see them. */
export function useKeyNames(): ReadonlyMap<string, string> {
  const { permissions } = useSession();
  const keys = useRead(
    'GET /v1/keys',
    { query: { limit: KEYS_MAX } },
    { enabled: allows(permissions, 'admin') },
  );
  return useMemo(
    () => new Map((keys.data?.items ?? []).map(({ id, name }) => [id, name])),
    [keys.data],
  );
}

/** Actors are `user:ID`, `policy:NAME`, a part of the server, or the id of a key. */
export function useActors(): (actor: string) => string {
  const t = useWords(words);
  const language = useLanguage();
  const colleagues = useColleagues();
  const keys = useKeyNames();
  return (actor) => {
    if (actor.startsWith(USER))
      return colleagues.get(actor.slice(USER.length)) ?? t('actor-colleague');
    const own = actorWords(actor, language);
    if (own !== undefined) return own;
    if (actor.startsWith(POLICY)) return t('actor-policy');
    const key = keys.get(actor);
    return key === undefined ? t('actor-program') : t('actor-key', { name: key });
  };
}
