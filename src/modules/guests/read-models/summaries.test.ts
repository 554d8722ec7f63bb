import { expect, test } from 'vitest';
import { rowAfter } from '../../../../test/support/given.ts';
import { summaries } from './summaries.ts';

const visit = (takenAt: string) => ({
  type: 'OrderClosed',
  data: { customerId: 'anna', currency: 'PLN', gross: 1, takenAt },
});

test('visits are in the order in which the guest came, whichever an offline till handed in first', () => {
  const [night, morning] = ['2026-11-20T23:30:00.000Z', '2026-11-21T08:00:00.000Z'] as const;
  for (const order of [
    [night, morning],
    [morning, night],
  ]) {
    // safe because the summary looks at these members alone
    const events = order.map(visit) as never[];
    expect(rowAfter(summaries, 'anna', events)).toMatchObject({
      visits: 2,
      first_visit_at: night,
      last_visit_at: morning,
    });
  }
});
