/** What the house calls its tiers, in the reader's language: members and events have ids of tiers alone. */
import { useCallback, useMemo } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { STANDARD, tierNames } from './tier-names.ts';
import { words } from './words-tier.ts';

/** By the id; the id itself of a tier that the rules in force do not have, and for those who may not read them. */
export function useTierNames(): (tier: string) => string {
  const t = useWords(words);
  const language = useLanguage();
  const { permissions } = useSession();
  const { data } = useRead(
    'GET /v1/loyalty/programmes',
    {},
    { enabled: allows(permissions, 'loyalty:read') },
  );
  const names = useMemo(() => tierNames(data?.items ?? [], language), [data, language]);
  return useCallback(
    (tier) => (tier === STANDARD ? t('standard') : (names.get(tier) ?? tier)),
    [names, t],
  );
}
