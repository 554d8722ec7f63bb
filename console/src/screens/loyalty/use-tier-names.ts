/** What the house calls its tiers, in the reader's language: members have ids of tiers alone. */
import { useMemo } from 'react';
import { useRead } from '../../api/api.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { STANDARD, tierNames } from './tier-names.ts';
import { words } from './words.ts';

/** By the id; the id itself of a tier that the rules in force do not have. */
export function useTierNames(): (tier: string) => string {
  const t = useWords(words);
  const language = useLanguage();
  const { data } = useRead('GET /v1/loyalty/programmes', {});
  const names = useMemo(() => tierNames(data?.items ?? [], language), [data, language]);
  return (tier) => (tier === STANDARD ? t('standard') : (names.get(tier) ?? tier));
}
