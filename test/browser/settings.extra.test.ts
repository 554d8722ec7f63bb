/** Journeys through the settings in a browser, and what people of the house do now and then. */
import { describe } from 'vitest';
import { inHouse } from './in-house.ts';
import { settingsJourneys } from './journeys-settings.ts';

const { skipped, house } = inHouse();

describe.skipIf(skipped)('who runs the house', () => settingsJourneys(house));
