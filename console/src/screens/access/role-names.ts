/** What roles are called: the built-in ones in the reader's language, those of the house as it named them. */
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { useWords } from '../../words/language.ts';
import { words } from './role-words.ts';

/** By the id of a role. Its id where nobody may say more. */
export function useRoleNames(): (id: string) => string {
  const t = useWords(words);
  const { permissions } = useSession();
  const roles = useRead(
    'GET /v1/access/roles',
    {},
    { enabled: allows(permissions, 'access:read') },
  );
  return (id) => {
    const role = roles.data?.items.find((each) => each.id === id);
    // safe because the words have the key
    if (role?.builtIn !== false && Object.hasOwn(words.en, id)) return t(id as 'owner');
    return role?.name ?? id;
  };
}
