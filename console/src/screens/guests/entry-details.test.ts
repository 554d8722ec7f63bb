import { expect, test } from 'vitest';
import { detailsInWords } from './entry-details.ts';

test('a change of tier is told by what the house calls the tiers, all else as it is', () => {
  const tierName = (tier: string): string => (tier === 'silver' ? 'Srebrny' : tier);
  const changed = {
    module: 'loyalty',
    kind: 'tier-changed',
    details: { from: 'gone', to: 'silver' },
  } as const;
  expect(detailsInWords(changed, tierName)).toEqual({ from: 'gone', to: 'Srebrny' });
  const placed = {
    module: 'orders',
    kind: 'order-placed',
    details: { number: 7, channel: 'silver' },
  } as const;
  expect(detailsInWords(placed, tierName)).toEqual({ number: 7, channel: 'silver' });
});
