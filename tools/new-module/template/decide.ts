import { accepted, rejected, type Decision } from '../../../src/core/decision.ts';
import type { SampleThingCommand } from './commands.ts';
import type { SampleThingEvent } from './events.ts';
import type { SampleThingState } from './state.ts';

export function decide(
  state: SampleThingState,
  command: SampleThingCommand,
): Decision<SampleThingEvent> {
  const sampleThingId = command.id;
  if (command.type === 'OpenSampleThing') {
    if (state.status !== 'unknown') return rejected('SAMPLE_THING_EXISTS');
    const { title } = command.input;
    return accepted([{ type: 'SampleThingOpened', data: { sampleThingId, title } }]);
  }
  if (state.status !== 'open') return rejected('SAMPLE_THING_CLOSED');
  switch (command.type) {
    case 'RenameSampleThing': {
      const { title } = command.input;
      // What is so already is accepted and changes nothing.
      if (title === state.title) return accepted([]);
      return accepted([{ type: 'SampleThingRenamed', data: { sampleThingId, title } }]);
    }
    case 'CloseSampleThing': {
      const { reason } = command.input;
      return accepted([{ type: 'SampleThingClosed', data: { sampleThingId, reason } }]);
    }
  }
}
