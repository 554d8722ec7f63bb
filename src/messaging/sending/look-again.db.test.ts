import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { until } from '../../../test/support/until.ts';
import { silentLogger } from '../../core/logger.ts';
import { CAMPAIGNS, MESSAGES, TEMPLATES } from '../../modules/messages/index.ts';
import { enqueueMessages, type NewMessage } from '../outbox/enqueue.ts';
import { createLookAgain, type LookAgainDependencies } from './look-again.ts';

const place = { bucket: 3, tenant: 'cafe' };
const IN_MINUTES_US = (Date.now() + 290_000) * 1000;
const alone = { messageId: 'm1', campaignId: null, language: null };
const ofCampaign = { messageId: 'm1', campaignId: 'autumn', language: 'en' };

let held: TestDatabase;
beforeAll(async () => {
  held = await testDatabase();
});
afterAll(() => held.drop());
beforeEach(async () => {
  await held.database.query({ text: 'truncate messaging_outbox' });
  const nobody = { campaignId: null, language: null, person: null, recipient: 'r', priority: 3 };
  const own = {
    ...place,
    ...nobody,
    messageId: 'm1',
    senderId: 'main',
    channel: 'whatsapp',
  } as const;
  const row: NewMessage = { ...own, dueAtUs: IN_MINUTES_US, paused: false };
  await enqueueMessages(held.database, [row], Date.now() * 1000);
  await held.database.query({ text: "update messaging_outbox set state = 'waiting'" });
});

/** The log as it is when it is asked. */
function logOf(approval: string, campaign = 'started') {
  const asked: string[] = [];
  const template = { id: 'offer', version: 1, language: 'en' };
  const reviews = [{ language: 'en', approval, reason: null, providerId: null }];
  const states: Readonly<Record<string, unknown>> = {
    [MESSAGES]: { status: 'held', request: { template } },
    [CAMPAIGNS]: { status: campaign, templateId: 'offer', templateVersion: 1 },
    [TEMPLATES]: {
      status: 'active',
      version: 1,
      reviews,
      texts: [],
      variables: [],
      previous: null,
    },
  };
  const load: LookAgainDependencies['pipeline']['load'] = async (_tenant, category) => {
    asked.push(category);
    return { state: states[category], version: 1n, at: null };
  };
  return {
    asked,
    lookAgain: createLookAgain({ ...held, pipeline: { load }, logger: silentLogger }),
  };
}

async function isDue(): Promise<boolean> {
  const { rows } = await held.database.query<{ due_at_us: number }>({
    text: 'select due_at_us::double precision as due_at_us from messaging_outbox',
  });
  return rows[0]!.due_at_us < IN_MINUTES_US;
}

test.each([
  ['message', alone],
  ['message of a campaign', ofCampaign],
])(
  'a %s that was held while its template was approved is judged again at once',
  async (_what, message) => {
    const { lookAgain } = logOf('approved');
    lookAgain.note(place, message);
    await until('it to be due', isDue);
    await lookAgain.stop();
  },
);

test.each([
  { what: 'a template that is not approved', log: ['submitted'], message: alone },
  { what: 'a campaign that stands still', log: ['approved', 'paused'], message: ofCampaign },
])('what waits for $what waits on', async ({ log: [approval = '', campaign], message }) => {
  const { asked, lookAgain } = logOf(approval, campaign);
  lookAgain.note(place, message);
  await until('the log to be asked', () => asked.length > 0);
  await lookAgain.stop();
  expect(await isDue()).toBe(false);
});
