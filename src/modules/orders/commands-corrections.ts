import { Type } from 'typebox';
import { defineCommand } from '../../core/command-type.ts';
import { idInput, reasonInput } from './inputs.ts';
import { paymentKind } from './shapes.ts';

const closed = { additionalProperties: false };

/** Of a payment or a refund that was recorded wrong. */
const putRight = {
  /** How it was really paid, or given back. */
  kind: paymentKind,
  reason: reasonInput,
  /** Where it is put right: the till it was recorded at unless another one is named. */
  tillId: Type.Optional(idInput),
};

export const correctPayment = defineCommand({
  name: 'CorrectPayment',
  word: 'correct-payment',
  summary:
    'Says that a payment came in another way than was recorded; counts in the session and on the day of the correction',
  permission: 'correct',
  approvable: true,
  input: Type.Object(
    {
      paymentId: idInput,
      ...putRight,
    },
    closed,
  ),
  examples: [
    { paymentId: '6f0c2a51-card-1', kind: 'cash', reason: 'the terminal was down' },
    { paymentId: 'c0-1', kind: 'card', reason: 'pressed the wrong key', tillId: 'bar' },
  ],
});

export const correctRefund = defineCommand({
  name: 'CorrectRefund',
  word: 'correct-refund',
  summary:
    'Says that a refund was given in another way than was recorded; counts in the session and on the day of the correction',
  permission: 'correct',
  approvable: true,
  input: Type.Object(
    {
      refundId: idInput,
      ...putRight,
    },
    closed,
  ),
  examples: [
    { refundId: 'r1', kind: 'card', reason: 'went back to the card' },
    { refundId: 'c7-1', kind: 'cash', reason: 'pressed the wrong key', tillId: 'bar' },
  ],
});

export const takePointsOff = defineCommand({
  name: 'TakePointsOff',
  word: 'take-points-off',
  summary: 'Takes points off an open order; the member gets them back',
  permission: 'change',
  input: Type.Object({ burnId: idInput, reason: reasonInput }, closed),
  examples: [{ burnId: 'c1', reason: 'the guest wants to keep them' }],
});

export const CORRECTION_COMMANDS = [correctPayment, correctRefund, takePointsOff] as const;
