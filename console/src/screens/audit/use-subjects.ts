/** What an entry of the audit trail is about, by its name where the reader may know it. */
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { useWords } from '../../words/language.ts';
import { shortId } from '../../words/event-values.ts';
import { useEveryName } from '../../words/names/use-names.ts';
import { useColleagues, useKeyNames } from '../generated/use-actors.ts';
import { useRoleNames } from '../access/role-names.ts';
import { words } from './words.ts';

/** `KIND/ID`, `CATEGORY/ID`, or the address that was called. What has no name of its own is told as it is written. */
export function useSubjects(): (subject: string) => string {
  const t = useWords(words);
  const { permissions } = useSession();
  const colleagues = useColleagues();
  const keys = useKeyNames();
  const roleName = useRoleNames();
  const namesOf = useEveryName();
  const devices = useRead(
    'GET /v1/access/devices',
    {},
    { enabled: allows(permissions, 'access:devices') },
  );
  return (subject) => {
    const [kind, id] = splitLast(subject);
    if (kind === 'user' || kind === '/v1/access/users')
      return colleagues.get(id) ?? t('somebody-gone');
    if (kind === 'role') return roleName(id);
    if (kind === 'session') return t('about-session', { id: shortId(id) });
    if (kind === 'approval') return t('about-approval', { id: shortId(id) });
    if (kind === 'documents') return t('about-document', { id: shortId(id) });
    if (kind === 'webhooks') return t('about-webhook', { id: shortId(id) });
    if (kind === 'key' || kind === '/v1/keys') return keys.get(id) ?? subject;
    if (kind === 'device')
      return devices.data?.items.find((each) => each.id === id)?.name ?? subject;
    const one = namesOf(kind.split('.')[0] ?? kind).one(kind);
    return one === undefined ? subject : `${one} ${shortId(id)}`;
  };
}

/** The id is behind the last stroke: addresses have several. */
function splitLast(subject: string): readonly [kind: string, id: string] {
  const at = subject.lastIndexOf('/');
  return [subject.slice(0, Math.max(0, at)), subject.slice(at + 1)];
}
