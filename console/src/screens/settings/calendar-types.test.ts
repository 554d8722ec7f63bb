import { expect, test } from 'vitest';
import {
  PARTY_SIZE_MAX as SERVER_PARTY_SIZE_MAX,
  SETTINGS_DEFAULT as SERVER_DEFAULT,
} from '../../../../src/modules/reservations/calendars/settings.ts';
import { PARTY_SIZE_MAX, SETTINGS_DEFAULT } from './calendar-types.ts';

test('a location that said nothing is shown as the server treats it', () => {
  expect(SETTINGS_DEFAULT).toEqual(SERVER_DEFAULT);
  expect(PARTY_SIZE_MAX).toBe(SERVER_PARTY_SIZE_MAX);
});
