/** Segments: filters over customers, saved under a name. */
import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { segmentFilter, type SegmentFilter } from './filter.ts';

export const SEGMENTS = 'customers.segments';

const segmentId = Type.String();
const name = Type.String({ minLength: 1, maxLength: 100 });

export const segmentSaved = defineEvent({
  name: 'SegmentSaved',
  wireName: 'comptoir.customer-segment.saved',
  data: Type.Object({ segmentId, name: Type.String(), filter: segmentFilter }),
});
export const segmentChanged = defineEvent({
  name: 'SegmentChanged',
  wireName: 'comptoir.customer-segment.changed',
  data: Type.Object({ segmentId, name: Type.String(), filter: segmentFilter }),
});
export const segmentRemoved = defineEvent({
  name: 'SegmentRemoved',
  wireName: 'comptoir.customer-segment.removed',
  data: Type.Object({ segmentId }),
});
export const SEGMENT_EVENTS = [segmentSaved, segmentChanged, segmentRemoved] as const;
export type SegmentEvent = EventOf<(typeof SEGMENT_EVENTS)[number]>;

export const saveSegment = defineCommand({
  name: 'SaveSegment',
  summary: 'Saves a filter over customers under a name',
  input: Type.Object({ name, filter: segmentFilter }, { additionalProperties: false }),
  examples: [
    { name: 'Wine club', filter: { tagsAll: ['wine club'], consents: ['email'] } },
    { name: 'Polish speakers', filter: { languages: ['pl', 'pl-PL'], tagsNone: ['press'] } },
  ],
});
export const changeSegment = defineCommand({
  name: 'ChangeSegment',
  word: 'change',
  summary: 'Changes name or filter; what is left out stays',
  input: Type.Object(
    { name: Type.Optional(name), filter: Type.Optional(segmentFilter) },
    { additionalProperties: false, minProperties: 1 },
  ),
  examples: [{ name: 'Wine lovers' }, { filter: { tagsAny: ['wine club', 'sommelier'] } }],
});
export const removeSegment = defineCommand({
  name: 'RemoveSegment',
  word: 'remove',
  summary: 'Takes the segment off the list',
  input: Type.Object({}, { additionalProperties: false }),
  examples: [{}],
});
export const SEGMENT_COMMANDS = [saveSegment, changeSegment, removeSegment] as const;
export type SegmentCommand = CommandFor<(typeof SEGMENT_COMMANDS)[number]>;

export const SEGMENT_REFUSALS = {
  SEGMENT_EXISTS: {
    sentence: 'A segment with this id exists already.',
    remedy: 'Change the existing one, or leave the id out.',
  },
  SEGMENT_REMOVED: {
    sentence: 'The segment was removed.',
    remedy: 'Save it anew.',
  },
} as const satisfies Record<string, Refusal>;

export type SegmentState =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'saved' | 'removed';
      readonly name: string;
      readonly filter: SegmentFilter;
    };

export const initialState: SegmentState = { status: 'unknown' };

export function evolve(state: SegmentState, event: SegmentEvent): SegmentState {
  if (event.type === 'SegmentSaved') {
    const { name: called, filter } = event.data;
    return { status: 'saved', name: called, filter };
  }
  if (state.status === 'unknown') return state;
  if (event.type === 'SegmentRemoved') return { ...state, status: 'removed' };
  const { name: called, filter } = event.data;
  return { ...state, name: called, filter };
}

export function decide(state: SegmentState, command: SegmentCommand): Decision<SegmentEvent> {
  const { id } = command;
  if (command.type === 'SaveSegment') {
    if (state.status !== 'unknown') return rejected('SEGMENT_EXISTS');
    return accepted([{ type: 'SegmentSaved', data: { segmentId: id, ...command.input } }]);
  }
  if (state.status !== 'saved') return rejected('SEGMENT_REMOVED');
  if (command.type === 'RemoveSegment')
    return accepted([{ type: 'SegmentRemoved', data: { segmentId: id } }]);
  const { name: called = state.name, filter = state.filter } = command.input;
  const isSame = called === state.name && JSON.stringify(filter) === JSON.stringify(state.filter);
  const data = { segmentId: id, name: called, filter };
  return accepted(isSame ? [] : [{ type: 'SegmentChanged', data }]);
}
