/** Addresses that are not written to: what puts them there, and how a person takes one off again. */
import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { accepted, type Decision } from '../../../core/decision.ts';
import { channel, id } from '../shapes.ts';
import { suppressionReason, suppressionScope, type SuppressionEvent } from './events.ts';
import type { SuppressionState } from './state.ts';

export const suppressAddress = defineCommand({
  name: 'SuppressAddress',
  summary: 'Puts an address on the list of those that are not written to',
  permission: 'suppress',
  internal: true,
  input: Type.Object(
    {
      channel,
      reason: suppressionReason,
      scope: suppressionScope,
      customerId: Type.Optional(id),
      origin: Type.Optional(id),
    },
    { additionalProperties: false },
  ),
  examples: [
    { channel: 'email', reason: 'hard-bounce', scope: 'all', origin: 'message-1' },
    { channel: 'email', reason: 'unsubscribe', scope: 'marketing', customerId: 'customer-1' },
    { channel: 'whatsapp', reason: 'manual', scope: 'all' },
  ],
});

export const liftSuppression = defineCommand({
  name: 'LiftSuppression',
  word: 'lift',
  summary: 'Takes an address off the list; only where the person asked for it',
  permission: 'suppress',
  input: Type.Object(
    { reason: Type.String({ minLength: 1, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  examples: [{ reason: 'asked for it on the phone' }],
});

export const SUPPRESSION_COMMANDS = [suppressAddress, liftSuppression] as const;
export type SuppressionCommand = CommandFor<(typeof SUPPRESSION_COMMANDS)[number]>;

export const SUPPRESSION_REFUSALS = {} as const satisfies Record<string, Refusal>;

/**
 * What is suppressed of everything is not narrowed to marketing by a later unsubscribe. A no of a customer is noted also
 * where a bounce, or nobody in particular, came first: the consent goes with it, and does not count when that is lifted.
 */
export function decide(
  state: SuppressionState,
  { id: suppressionId, ...command }: SuppressionCommand,
): Decision<SuppressionEvent> {
  if (command.type === 'LiftSuppression') {
    if (state.status !== 'suppressed') return accepted([]);
    const { reason } = command.input;
    return accepted([{ type: 'AddressSuppressionLifted', data: { suppressionId, reason } }]);
  }
  const { customerId = null, origin = null, ...facts } = command.input;
  const held = state.status === 'suppressed' ? state : null;
  const isCovered = held !== null && (held.scope === 'all' || held.scope === facts.scope);
  const isNewNo =
    customerId !== null &&
    facts.reason !== 'hard-bounce' &&
    (held?.customerId !== customerId || held.reason === 'hard-bounce');
  if (isCovered && !isNewNo) return accepted([]);
  const scope = held?.scope === 'all' ? 'all' : facts.scope;
  const data = { suppressionId, ...facts, scope, customerId, origin };
  return accepted([{ type: 'AddressSuppressed', data }]);
}
