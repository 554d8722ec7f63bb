/** Freezes the recipients of campaigns that were started, page by page. Interrupted, it goes on where it ended. */
import { createEventRecorder } from '../../core/record-event.ts';
import {
  campaignStarted,
  releaseCampaign,
  type ReleaseDependencies,
} from '../../modules/messages/index.ts';
import type { Subscriber } from '../../subscriptions/durable/durable.ts';
import { PAGE_EVERY_MS, PAGE_PAUSE_MS_MIN } from '../limits.ts';

/** Waits until a page is due after the one before. */
function pacePages(): () => Promise<void> {
  let lastMs = performance.now();
  return async () => {
    const restMs = lastMs + PAGE_EVERY_MS - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(PAGE_PAUSE_MS_MIN, restMs)));
    lastMs = performance.now();
  };
}

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
        const betweenPages = pacePages();
        await releaseCampaign({ ...deps, betweenPages }, { tenant: event.tenant, campaignId });
      }
      return null;
    },
  };
}
