import { expect, test } from 'vitest';
import { AT, rowAfter } from '../../../../test/support/given.ts';
import { partKey } from '../day-keys.ts';
import { dayHours } from './day-hours.ts';

const place = { businessDay: '2026-11-20', locationId: 'centro', currency: 'PLN' } as const;
const closed = (more: object = {}) => ({
  type: 'OrderClosed',
  data: { ...place, gross: 900, guests: 2, imported: false, ...more },
});

test('a sale that an offline till hands in later stands at the hour in which it was made', () => {
  const takenAt = '2026-11-20T21:45:00.000Z';
  const hour = '2026-11-20T21:00:00.000Z';
  // safe because the model looks at these members alone
  const events = [closed({ takenAt }), closed()] as never[];
  expect(rowAfter(dayHours, partKey(place, 'hour', hour), events)).toMatchObject({
    hour,
    orders: 1,
    guests: 2,
    gross: 900,
  });
  const now = `${AT.slice(0, 13)}:00:00.000Z`;
  expect(rowAfter(dayHours, partKey(place, 'hour', now), events)).toMatchObject({ orders: 1 });
});
