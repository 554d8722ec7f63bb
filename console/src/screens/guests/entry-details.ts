/** What an entry of a guest's timeline says beside its kind. Pure. */
import type { Values } from '../../words/define-words.ts';
import type { Entry } from './guest-types.ts';

/** Of a change of tier both are ids, which the house has names for. */
export function detailsInWords(
  { module, kind, details }: Pick<Entry, 'module' | 'kind' | 'details'>,
  tierName: (tier: string) => string,
): Values {
  const areTiers = module === 'loyalty' && kind === 'tier-changed';
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => {
      if (typeof value === 'number') return [name, value];
      return [name, areTiers ? tierName(String(value)) : String(value)];
    }),
  );
}
