import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { POINTS_REFUSALS } from '../../orders/index.ts';
import { segmentSchema } from '../rules/rules.ts';

/** A million is more than any guest earns at once by hand; more is a typing mistake. */
const POINTS_MAX = 1_000_000;
const points = Type.Integer({ minimum: 1, maximum: POINTS_MAX });
const reason = Type.String({ minLength: 1, maxLength: 500 });
const id = Type.String({ minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9][A-Za-z0-9._~-]*$' });
/** Enough to sort guests by; each is looked at for every line that earns. */
const SEGMENTS_MAX = 20;
const closed = { additionalProperties: false } as const;

export const enrolMember = defineCommand({
  name: 'EnrolMember',
  summary: 'Enrols a customer; the id of the member is that of the customer',
  permission: 'enrol',
  input: Type.Object(
    {
      customerId: id,
      /** True when a policy asks: then the rules of the programme decide. */
      automatic: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
  examples: [{ customerId: 'a1' }, { customerId: 'a1', automatic: true }],
});

export const earnPoints = defineCommand({
  name: 'EarnPoints',
  word: 'earn',
  summary: 'Gives points by hand; a debt is paid first',
  permission: 'earn',
  approvable: true,
  input: Type.Object({ points, reason }, closed),
  examples: [{ points: 100, reason: 'birthday' }],
});

export const burnPoints = defineCommand({
  name: 'BurnPoints',
  word: 'burn',
  summary: 'Uses points, those that expire soonest first; with an order, as a discount on it',
  permission: 'burn',
  approvable: true,
  input: Type.Object({ points, reason, orderId: Type.Optional(id) }, closed),
  examples: [
    { points: 40, reason: 'a coffee' },
    { points: 10, reason: 'used at the till', orderId: 'o1' },
  ],
});

export const adjustPoints = defineCommand({
  name: 'AdjustPoints',
  word: 'adjust',
  summary: 'Corrects the balance, up or down, with a reason',
  permission: 'adjust',
  approvable: true,
  input: Type.Object(
    {
      points: Type.Union([points, Type.Integer({ minimum: -POINTS_MAX, maximum: -1 })]),
      reason,
    },
    closed,
  ),
  examples: [
    { points: 25, reason: 'the till was down' },
    { points: -5, reason: 'counted twice' },
  ],
});

export const forgiveDebt = defineCommand({
  name: 'ForgiveDebt',
  word: 'forgive-debt',
  summary: 'Forgives points that are owed after a refund; all of them unless told how many',
  permission: 'adjust',
  approvable: true,
  input: Type.Object({ points: Type.Optional(points), reason }, closed),
  examples: [{ reason: 'our mistake' }, { points: 5, reason: 'our mistake' }],
});

export const labelMember = defineCommand({
  name: 'LabelMember',
  word: 'label',
  summary: 'Says in which segments the member is: rules may give them more',
  permission: 'enrol',
  input: Type.Object(
    { segments: Type.Array(segmentSchema, { maxItems: SEGMENTS_MAX, uniqueItems: true }) },
    closed,
  ),
  examples: [{ segments: ['neighbour', 'student'] }, { segments: [] }],
});

export const reviewMember = defineCommand({
  name: 'ReviewMember',
  word: 'review',
  summary: 'Writes down what time has done: points that became usable or expired, and the tier',
  input: Type.Object({}, closed),
  examples: [{}],
});

export const MEMBER_COMMANDS = [
  enrolMember,
  earnPoints,
  burnPoints,
  adjustPoints,
  forgiveDebt,
  labelMember,
  reviewMember,
] as const;
export type MemberCommand = CommandFor<(typeof MEMBER_COMMANDS)[number]>;

export const MEMBER_REFUSALS = {
  MEMBER_UNKNOWN: {
    sentence: 'There is no member with this id.',
    remedy: 'Enrol the customer first.',
  },
  MEMBER_ID_DIFFERS: {
    sentence: 'The id of a member is that of the customer.',
    remedy: 'Leave the id out, or give that of the customer.',
  },
  MEMBER_WITHOUT_CUSTOMER: {
    sentence: 'There is no active customer with this id.',
    remedy: 'Register the customer first.',
  },
  POINTS_NOT_ENOUGH: {
    sentence: 'The member has fewer points that may be used now.',
    remedy: 'Use at most the points in the answer.',
  },
  NO_DEBT: {
    sentence: 'The member owes no points, or fewer than are to be forgiven.',
    remedy: 'Forgive at most the points in the answer.',
  },
  ORDER_UNKNOWN_FOR_MEMBER: {
    sentence: 'There is no order with this id that is open for points of this member.',
    remedy: 'Check the order, its currency and that it belongs to the customer.',
  },
  ...POINTS_REFUSALS,
} as const satisfies Record<string, Refusal>;
