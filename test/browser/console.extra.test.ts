/** The long part of the journeys in a browser: the engine's screens, what goes wrong, what pages weigh. */
import { describe } from 'vitest';
import { badInput } from './bad-input.ts';
import { budgets } from './budgets.ts';
import { inHouse } from './in-house.ts';
import { engineJourneys } from './journeys-engine.ts';

const { skipped, house } = inHouse();

describe.skipIf(skipped)('who looks after the engine', () => engineJourneys(house));
describe.skipIf(skipped)('when things go wrong', () => badInput(house));
describe.skipIf(skipped)('pages', () => budgets(house));
