/** Who gave a command, for people: colleagues by name where the reader may know them. */
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { useWords } from '../../words/language.ts';
import { words } from './words.ts';

/** A house has fewer; those beyond are shown as somebody. */
const PEOPLE_MAX = 200;

/** Actors are `user:ID`, `policy:NAME` or the id of a key. */
export function useActors(): (actor: string) => string {
  const t = useWords(words);
  const { user, permissions } = useSession();
  const people = useRead(
    'GET /v1/access/users',
    { query: { limit: PEOPLE_MAX } },
    { enabled: allows(permissions, 'access:read') },
  );
  return (actor) => {
    const [kind, id = ''] = actor.split(/:(.*)/s);
    if (kind === 'policy') return t('actor-policy');
    if (kind !== 'user') return t('actor-program');
    if (id === user.id) return user.name;
    return people.data?.items.find((person) => person.id === id)?.name ?? t('actor-colleague');
  };
}
