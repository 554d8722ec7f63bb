import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { PLACE_REFUSALS, RESERVATION_REFUSALS } from '../refusals.ts';
import { writtenTime } from '../times.ts';

/** Longer closures are exceptions of the calendar. */
export const BLOCK_HOURS_MAX = 48;

const idInput = Type.String({ minLength: 1, maxLength: 128 });
const closed = { additionalProperties: false };
const several = Type.Array(idInput, { minItems: 1, maxItems: 100, uniqueItems: true });

export const blockTables = defineCommand({
  name: 'BlockTables',
  summary: 'Keeps tables or whole areas from being reserved for a while',
  permission: 'configure',
  input: Type.Object(
    {
      locationId: idInput,
      from: writtenTime,
      to: writtenTime,
      tableIds: Type.Optional(several),
      areaIds: Type.Optional(several),
      reason: Type.String({ minLength: 1, maxLength: 200 }),
    },
    closed,
  ),
  examples: [
    {
      locationId: 'a1',
      from: '2026-01-02T12:00:00Z',
      to: '2026-01-02T18:00:00Z',
      areaIds: ['hall'],
      reason: 'painting',
    },
  ],
});

export const liftBlock = defineCommand({
  name: 'LiftBlock',
  word: 'lift-block',
  summary: 'Makes what was blocked free again',
  permission: 'configure',
  input: Type.Object({ blockId: idInput }, closed),
  examples: [{ blockId: 'c0' }],
});

export const offerFreedTables = defineCommand({
  name: 'OfferFreedTables',
  word: 'offer-freed',
  summary: 'Offers what is free to those on the waiting list, first come first',
  permission: 'book',
  input: Type.Object({}, closed),
  examples: [{}],
});

export const DAY_COMMANDS = [blockTables, liftBlock, offerFreedTables] as const;
export type DayCommand = CommandFor<(typeof DAY_COMMANDS)[number]>;
export type BlockTables = CommandFor<typeof blockTables>;
export type LiftBlock = CommandFor<typeof liftBlock>;
export type OfferFreedTables = CommandFor<typeof offerFreedTables>;

const {
  LOCATION_UNKNOWN,
  TIME_INVALID,
  TIME_DOES_NOT_EXIST,
  TIME_AMBIGUOUS,
  TABLE_OR_AREA_UNKNOWN,
  CHANGED_MEANWHILE,
} = PLACE_REFUSALS;
export const DAY_REFUSALS = {
  LOCATION_UNKNOWN,
  CHANGED_MEANWHILE,
  TIME_INVALID,
  TIME_DOES_NOT_EXIST,
  TIME_AMBIGUOUS,
  TABLE_OR_AREA_UNKNOWN,
  TABLES_TAKEN: RESERVATION_REFUSALS.TABLES_TAKEN,
  BLOCK_OF_ANOTHER_DAY: {
    sentence: 'The block belongs to another day.',
    remedy: 'Leave the id out: a block belongs to the business day of its beginning.',
  },
  BLOCK_TOO_LONG: {
    sentence: 'A block ends after it begins, and within two days.',
    remedy: 'Close the location by an exception of its calendar, or block day by day.',
  },
  NOTHING_TO_OFFER: {
    sentence: 'Nothing is free for anybody on the waiting list.',
    remedy: 'Wait until something becomes free.',
  },
  BLOCK_UNKNOWN: {
    sentence: 'There is no such block on this day.',
    remedy: 'Use the id that blocking answered with.',
  },
} as const satisfies Record<string, Refusal>;
