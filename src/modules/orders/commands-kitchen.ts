import { Type } from 'typebox';
import { defineCommand } from '../../core/command-type.ts';
import { COURSE_MAX, idInput, LINES_PER_ORDER_MAX, reasonInput } from './inputs.ts';

const lineIds = Type.Optional(
  Type.Array(idInput, { minItems: 1, maxItems: LINES_PER_ORDER_MAX, uniqueItems: true }),
);
/** Which lines are meant: all that the command can speak of, unless it says otherwise. */
const chosen = {
  lineIds,
  course: Type.Optional(Type.Integer({ minimum: 1, maximum: COURSE_MAX })),
  stationId: Type.Optional(idInput),
  ticketId: Type.Optional(idInput),
};
const closed = { additionalProperties: false };

export const fireLines = defineCommand({
  name: 'FireLines',
  word: 'fire',
  summary: 'Sends held lines to their stations',
  permission: 'serve',
  everyday: true,
  input: Type.Object({ ...chosen, rush: Type.Optional(Type.Boolean()) }, closed),
  examples: [{}, { course: 2, rush: true }],
});

export const holdLines = defineCommand({
  name: 'HoldLines',
  word: 'hold',
  summary: 'Takes lines back from stations that have not begun; they wait until they are fired',
  permission: 'serve',
  everyday: true,
  input: Type.Object(chosen, closed),
  examples: [{ course: 1 }],
});

export const rushLines = defineCommand({
  name: 'RushLines',
  word: 'rush',
  summary: 'Asks stations to make lines first',
  permission: 'serve',
  everyday: true,
  input: Type.Object(chosen, closed),
  examples: [{}],
});

export const bumpLines = defineCommand({
  name: 'BumpLines',
  word: 'bump',
  summary: 'A station is done with lines',
  permission: 'cook',
  everyday: true,
  input: Type.Object(chosen, closed),
  examples: [{}, { stationId: 'bar' }],
});

export const recallLines = defineCommand({
  name: 'RecallLines',
  word: 'recall',
  summary: 'Brings lines back to their station that were bumped by mistake',
  permission: 'cook',
  everyday: true,
  input: Type.Object({ ...chosen, reason: Type.Optional(reasonInput) }, closed),
  examples: [{}],
});

export const serveLines = defineCommand({
  name: 'ServeLines',
  word: 'serve',
  summary: 'Lines went to the guest',
  permission: 'serve',
  everyday: true,
  input: Type.Object(chosen, closed),
  examples: [{}],
});

export const KITCHEN_COMMANDS = [
  fireLines,
  holdLines,
  rushLines,
  bumpLines,
  recallLines,
  serveLines,
] as const;
