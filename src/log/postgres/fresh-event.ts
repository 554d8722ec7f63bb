import type { EventDraft } from '../../core/event.ts';

/** An event that goes into the batch. */
export interface FreshEvent {
  readonly draft: EventDraft;
  readonly tenant: string;
  readonly stream: string | null;
  readonly streamVersion: number;
  readonly high: number;
  readonly low: number;
}
