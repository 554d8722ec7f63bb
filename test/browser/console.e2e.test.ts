/** Journeys through the console and the public pages in a real browser, one server for all of them. */
import { describe } from 'vitest';
import { inHouse } from './in-house.ts';
import { guestJourneys } from './journeys-guests.ts';
import { houseJourneys } from './journeys-house.ts';

const { skipped, house } = inHouse();

describe.skipIf(skipped)('people of a house', () => houseJourneys(house));
describe.skipIf(skipped)('guests', () => guestJourneys(house));
