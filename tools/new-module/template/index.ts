/** Sample things: what they are for, in one sentence. The only door of this folder. */
import { defineAggregate } from '../../../src/core/aggregate.ts';
import { defineModule } from '../../../src/core/module.ts';
import {
  SAMPLE_THING_COMMANDS,
  SAMPLE_THING_REFUSALS,
  type SampleThingCommand,
} from './commands.ts';
import { decide } from './decide.ts';
import { SAMPLE_THING_EVENTS, type SampleThingEvent } from './events.ts';
import { sampleThingList } from './read-models/sample-thing-list.ts';
import { evolve, initialState, type SampleThingState } from './state.ts';

export const sampleThings = defineModule({
  name: 'sample-things',
  title: 'Sample things',
  summary: 'Sample things that are opened, renamed and closed.',
  aggregates: [
    {
      aggregate: defineAggregate<SampleThingState, SampleThingCommand, SampleThingEvent>({
        category: 'sample-things',
        stateVersion: 1,
        events: SAMPLE_THING_EVENTS,
        commands: SAMPLE_THING_COMMANDS,
        refusals: SAMPLE_THING_REFUSALS,
        initialState,
        decide,
        evolve,
      }),
      singular: 'sample thing',
      list: sampleThingList,
    },
  ],
});
