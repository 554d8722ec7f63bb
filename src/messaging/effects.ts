/** What an error of a provider means beyond the message it was for: less speed, a pause, an address that is left alone. */
import type { TransportErrorClass } from '../core/message-transport.ts';
import { CAMPAIGNS, suppressionIdOf, SUPPRESSIONS } from '../modules/messages/index.ts';
import type { Queryable } from '../platform/postgres/database.ts';
import type { GiveCommand } from './commands.ts';
import type { Channel, SenderPlace } from './outbox/outbox-row.ts';
import { blockSender, slowSender } from './outbox/senders.ts';
import type { Effect } from './sending/settle-result.ts';

export interface EffectDependencies {
  readonly database: Queryable;
  readonly giveCommand: GiveCommand;
  readonly isCustomer: IsCustomer;
}

/** Whether the person of a message is a customer: leads, bookings and messages of their own are persons too. */
export type IsCustomer = (tenant: string, personId: string) => Promise<boolean>;

export interface AffectedMessage {
  readonly messageId: string;
  readonly channel: Channel;
  readonly person: string | null;
  /** Keyed hash of the address. */
  readonly recipient: string;
}

/** Errors: those of the pipeline and the database. */
export async function applyEffect(
  { database, giveCommand, isCustomer }: EffectDependencies,
  of: {
    readonly sender: SenderPlace;
    readonly effect: Effect;
    readonly message: AffectedMessage;
  },
): Promise<void> {
  const { sender, effect, message } = of;
  const { tenant } = sender;
  switch (effect.kind) {
    case 'slow-sender':
      return slowSender(database, sender);
    case 'block-sender':
      return blockSender(database, sender, effect.pauseMs);
    case 'pause-campaign': {
      const { campaignId: id, reason } = effect;
      const input = { reason };
      await giveCommand({ tenant, category: CAMPAIGNS, command: 'PauseCampaign', id, input });
      return;
    }
    case 'opt-out': {
      const { channel, recipient: addressId, person, messageId: origin } = message;
      const isKnown = person !== null && (await isCustomer(tenant, person));
      const who = isKnown ? { customerId: person } : {};
      const input = { channel, reason: 'opt-out', scope: 'marketing', origin, ...who };
      const id = suppressionIdOf({ channel, addressId });
      await giveCommand({ tenant, category: SUPPRESSIONS, command: 'SuppressAddress', id, input });
    }
  }
}

/** Of a failure that a status reports, after the message was accepted. */
export function effectOfFailure(
  kind: TransportErrorClass,
  of: { readonly campaignId: string | null; readonly code: string },
): Effect | null {
  switch (kind) {
    case 'slow-down':
      return { kind: 'slow-sender' };
    case 'opted-out':
      return { kind: 'opt-out' };
    case 'campaign':
      return of.campaignId === null
        ? null
        : { kind: 'pause-campaign', campaignId: of.campaignId, reason: `${kind} ${of.code}` };
    default:
      return null;
  }
}
