/** Freezes the recipients of campaigns that were started, page by page. Interrupted, it goes on where it ended. */
import { createEventRecorder } from '../../core/record-event.ts';
import {
  campaignStarted,
  releaseCampaign,
  type ReleaseDependencies,
} from '../../modules/messages/index.ts';
import type { Subscriber } from '../../subscriptions/durable/durable.ts';
import { PAGE_PAUSE_MS } from '../limits.ts';

const betweenPages = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, PAGE_PAUSE_MS));

export function createReleaseCampaigns(deps: ReleaseDependencies): Subscriber {
  const recorder = createEventRecorder([campaignStarted]);
  return {
    name: 'messaging.campaigns',
    types: recorder.types,
    from: 'beginning',
    async handle({ events }) {
      for (const stored of events) {
        const event = recorder.record(stored);
        if (event === null) continue;
        // safe because the recorder gives events of that type only
        const { campaignId } = event.data as { readonly campaignId: string };
        await releaseCampaign({ ...deps, betweenPages }, { tenant: event.tenant, campaignId });
      }
      return null;
    },
  };
}
