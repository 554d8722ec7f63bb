/**
 * Ids of the messages of a campaign: `{campaignId}~c{slot}`, slots from 0 in the order of release. They say where a
 * message belongs without a look-up, and a page that is released again names the same messages.
 */

/**
 * Recipients of one page, which is one event. 500 of `{messageId, customerId}` are 55 kB, far below the 256 KiB of a
 * command and the 1 MiB of an event, and small enough to be claimed by senders in slices.
 */
export const PAGE_RECIPIENTS_MAX = 500;

export interface Slot {
  readonly campaignId: string;
  /** From 0 over the whole campaign. */
  readonly slot: number;
  /** From 0. */
  readonly page: number;
  /** Place within its page. */
  readonly place: number;
}

export function messageIdOf(campaignId: string, slot: number): string {
  return `${campaignId}~c${slot}`;
}

/** Null for a message of no campaign. */
export function slotOf(messageId: string): Slot | null {
  const [, campaignId, digits] = /^(.+)~c([0-9]{1,9})$/.exec(messageId) ?? [];
  if (campaignId === undefined || digits === undefined) return null;
  const slot = Number(digits);
  const page = Math.floor(slot / PAGE_RECIPIENTS_MAX);
  return { campaignId, slot, page, place: slot % PAGE_RECIPIENTS_MAX };
}
