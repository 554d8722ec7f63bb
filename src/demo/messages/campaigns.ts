/** A campaign that is over, with what became of each message. That of the office (office.ts) is a draft. */
import { demoRandom } from '../demo-random.ts';
import { dayBefore, type DatedStep } from '../demo-steps.ts';
import { DEMO_GUESTS, guestsWithConsent } from '../guests.ts';
import { DESK, DESK_TEMPLATES, SEGMENT, WINE_TEMPLATE } from './desk.ts';
import { factsOf, HOUR_MS, type NotedFacts, type Outcome } from './post.ts';

export const WINE_CAMPAIGN = 'new-wine-evening';
const SEED = 8;
/** As a number with a budget of ten a second. */
const BETWEEN_MS = 100;
const READ_WITHIN_MS = 20 * HOUR_MS;
const READ_PERCENT = 62;
const DELIVERED_PERCENT = 28;
const SENT_PERCENT = 5;

/** Nine days before, at four in the afternoon. */
export function campaignStartMs(nowMs: number): number {
  return dayBefore(nowMs, { days: 9, minutes: 16 * 60 });
}

const campaign = { category: 'messages.campaigns', id: WINE_CAMPAIGN };

export function campaignSteps(nowMs: number): readonly DatedStep[] {
  const startedMs = campaignStartMs(nowMs);
  return [
    {
      ...campaign,
      command: 'DraftCampaign',
      input: {
        name: 'New wine on Thursday',
        channel: 'whatsapp',
        senderId: DESK,
        segmentId: SEGMENT,
        templateId: WINE_TEMPLATE,
        variables: { name: '{customer.name}' },
      },
      atMs: startedMs - 5 * HOUR_MS,
    },
    { ...campaign, command: 'StartCampaign', input: {}, once: 'demo-start', atMs: startedMs },
    {
      ...campaign,
      command: 'ReleaseCampaignPage',
      input: { page: 0, recipients: recipients(), next: null },
      once: 'demo-release',
      atMs: startedMs + 1_000,
    },
  ];
}

function recipients() {
  const wine = DESK_TEMPLATES.find(({ id }) => id === WINE_TEMPLATE);
  const languages = new Set(wine?.texts.map(({ language }) => language));
  const consenting = guestsWithConsent('whatsapp');
  return DEMO_GUESTS.filter(({ id }) => consenting.has(id)).map(({ id, language }) => ({
    customerId: id,
    language: languages.has(language) ? language : 'en',
  }));
}

/** `messageIds` in the order of their release. */
export function campaignFacts(messageIds: readonly string[], nowMs: number): readonly NotedFacts[] {
  const startedMs = campaignStartMs(nowMs);
  return messageIds.flatMap((messageId, slot) => {
    const random = demoRandom(SEED * 1000 + slot);
    return factsOf(messageId, {
      outcome: outcomeOf(random.share() * 100),
      atMs: startedMs + 2_000 + slot * BETWEEN_MS,
      // Many look soon, a few the next day.
      readAfterMs: 20_000 + Math.round(random.share() ** 3 * READ_WITHIN_MS),
    });
  });
}

function outcomeOf(percent: number): Outcome {
  if (percent < READ_PERCENT) return 'read';
  if (percent < READ_PERCENT + DELIVERED_PERCENT) return 'delivered';
  return percent < READ_PERCENT + DELIVERED_PERCENT + SENT_PERCENT ? 'sent' : 'failed';
}
