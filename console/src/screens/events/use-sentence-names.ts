/** What sentences are filled with beyond their event: the events around it tell numbers of orders, the house names its tiers. */
import { useMemo } from 'react';
import type { EventNames } from '../../words/event-words.ts';
import { useTierNames } from '../loyalty/use-tier-names.ts';
import { orderNumbers } from './event-places.ts';
import type { EventJson } from './read-events.ts';

const NONE: readonly EventJson[] = [];

export function useSentenceNames(
  around: readonly Pick<EventJson, 'type' | 'data'>[] = NONE,
): Pick<EventNames, 'nameOf'> {
  const tierName = useTierNames();
  return useMemo(() => {
    const numbers = orderNumbers(around);
    return {
      nameOf(kind, id) {
        if (kind === 'order') return numbers.get(id);
        return kind === 'tier' ? tierName(id) : undefined;
      },
    };
  }, [around, tierName]);
}
