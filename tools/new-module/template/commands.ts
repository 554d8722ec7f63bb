import { Type } from 'typebox';
import type { Refusal } from '../../../src/core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../src/core/command-type.ts';

const title = Type.String({ minLength: 1, maxLength: 200 });

export const openSampleThing = defineCommand({
  name: 'OpenSampleThing',
  summary: 'Opens a sample thing',
  input: Type.Object({ title }, { additionalProperties: false }),
  examples: [{ title: 'The first one' }],
});

export const renameSampleThing = defineCommand({
  name: 'RenameSampleThing',
  word: 'rename',
  summary: 'Gives a sample thing another title',
  input: Type.Object({ title }, { additionalProperties: false }),
  examples: [{ title: 'A better title' }],
});

export const closeSampleThing = defineCommand({
  name: 'CloseSampleThing',
  word: 'close',
  summary: 'Closes a sample thing for good',
  input: Type.Object(
    { reason: Type.String({ minLength: 1, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  examples: [{ reason: 'done' }],
});

export const SAMPLE_THING_COMMANDS = [
  openSampleThing,
  renameSampleThing,
  closeSampleThing,
] as const;

export type SampleThingCommand = CommandFor<(typeof SAMPLE_THING_COMMANDS)[number]>;

export const SAMPLE_THING_REFUSALS = {
  SAMPLE_THING_EXISTS: {
    sentence: 'There is a sample thing with this id already.',
    remedy: 'Use the existing one, or open one with another id.',
  },
  SAMPLE_THING_CLOSED: {
    sentence: 'The sample thing was closed and takes no changes.',
    remedy: 'Open another one.',
  },
} as const satisfies Record<string, Refusal>;
