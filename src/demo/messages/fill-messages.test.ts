import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PersonalMarks } from '../../core/event-type.ts';
import { createAddressHashes } from '../../messaging/address-ids.ts';
import { createFactAppender } from '../../messaging/message-facts.ts';
import { MODULES } from '../../modules/index.ts';
import {
  conversationIdOf,
  suppressionIdOf,
  type CampaignState,
  type KnownConversation,
  type KnownTemplate,
  type MessageState,
} from '../../modules/messages/index.ts';
import { demoFixture, type DemoFixture } from '../demo.fixture.ts';
import { guestSteps, guestsWithConsent } from '../guests.ts';
import { officeSteps } from '../office.ts';
import { personsOfDemo } from '../persons.ts';
import { WINE_CAMPAIGN } from './campaigns.ts';
import { DESK, DESK_TEMPLATES, WINE_TEMPLATE } from './desk.ts';
import { fillMessages } from './fill-messages.ts';
import type { Post } from './post.ts';
import { THREADS } from './threads.ts';

const NOW = Date.parse('2026-11-22T06:20:00Z');
const DAY_MS = 86_400_000;

let demo: DemoFixture;
let post: Post;

const settled = () => Promise.resolve(true);
const fill = (signal = new AbortController().signal) =>
  fillMessages({ ...demo, post, settled, signal });

beforeAll(async () => {
  demo = await demoFixture(NOW);
  const addresses = createAddressHashes(new Uint8Array(32).fill(7));
  const facts = createFactAppender(demo.log);
  post = {
    async idsOf({ channel, senderId, address }) {
      const addressId = await addresses.addressIdOf({ tenant: 'demo', address });
      return {
        conversationId: conversationIdOf({ senderId, addressId }),
        suppressionId: suppressionIdOf({ channel, addressId }),
      };
    },
    note: (noted) => facts.append('demo', noted),
  };
  const scopes = new Set(['customers:write', 'messages:write'] as const);
  const principal = { keyId: 'demo', tenant: 'demo', scopes };
  const business = [...guestSteps().flat(), ...officeSteps().flat()].filter(({ category }) =>
    ['customers', 'messages'].includes(category.split('.')[0]!),
  );
  for (const { once, ...step } of business)
    await demo.pipeline.handle({
      principal,
      ...step,
      ...(once === undefined ? {} : { commandId: once }),
    });
  // Cut at the facts first: what follows goes on from there, a day later.
  await fillMessages({
    ...demo,
    post: { ...post, note: () => Promise.reject(new Error('cut')) },
    settled,
    signal: new AbortController().signal,
  });
  expect(demo.warnings).toHaveLength(1);
  demo.now.ms += DAY_MS;
  await fill();
}, 60_000);
afterAll(() => demo.close());

async function conversation(id: string): Promise<KnownConversation> {
  const { channel, senderId, guest } = THREADS.find((thread) => thread.id === id)!;
  const address = channel === 'email' ? guest.email : guest.phone;
  const { conversationId } = await post.idsOf({ channel, senderId, address });
  const { state } = await demo.pipeline.load('demo', 'messages.conversations', conversationId);
  return state as KnownConversation;
}

async function messageStatus(id: string): Promise<string> {
  const { state } = await demo.pipeline.load('demo', 'messages', id);
  return (state as MessageState).status;
}

describe('the messages of the demo', () => {
  test('are filled once: a cut filling goes on with the same moments, and a full one is one look', async () => {
    expect(demo.warnings).toHaveLength(1);
    const before = await demo.head();
    await fill();
    expect(await demo.head()).toBe(before);
    const { lastInboundAt } = await conversation('terrace');
    expect(lastInboundAt).toBe(new Date(NOW - 32 * 60_000).toISOString());
  });

  test('write by themselves only once what follows from the past was done', async () => {
    const held = await demoFixture(NOW);
    const settings = async () => {
      const { state } = await held.pipeline.load('demo', 'messages.settings', 'main');
      return state as { readonly status: string };
    };
    const some = { ...held, post, signal: new AbortController().signal };
    await fillMessages({ ...some, settled: () => Promise.resolve(false) });
    expect(await settings()).toMatchObject({ status: 'none' });
    await fillMessages({ ...some, settled });
    expect(await settings()).toMatchObject({
      status: 'set',
      uses: expect.arrayContaining([expect.objectContaining({ use: 'lead-follow-up' })]),
    });
    await held.close();
  });

  test('are not begun when the server stops', async () => {
    const empty = await demoFixture(NOW);
    await fillMessages({ ...empty, post, settled, signal: AbortSignal.abort() });
    expect(await empty.head()).toBe(0n);
    await empty.close();
  });

  test('have approved texts in English and Polish', async () => {
    expect(DESK_TEMPLATES).toHaveLength(3);
    for (const id of [
      ...DESK_TEMPLATES.map((each) => each.id),
      'autumn-menu',
      'booking-confirmed',
    ]) {
      const { state } = await demo.pipeline.load('demo', 'messages.templates', id);
      const { reviews, texts } = state as KnownTemplate;
      expect(reviews.every(({ approval }) => approval === 'approved')).toBe(true);
      expect(texts.map(({ language }) => language)).toEqual(expect.arrayContaining(['en', 'pl']));
    }
  });

  test('have a campaign that is over, to everybody who said yes, each message with its end', async () => {
    const { state } = await demo.pipeline.load('demo', 'messages.campaigns', WINE_CAMPAIGN);
    const { frozen, recipients, templateId } = state as Exclude<
      CampaignState,
      { status: 'unknown' }
    >;
    expect({ frozen, templateId }).toEqual({ frozen: true, templateId: WINE_TEMPLATE });
    expect(recipients).toBe(guestsWithConsent('whatsapp').size);
    expect(recipients).toBeGreaterThan(30);
    const counts = new Map<string, number>();
    for (let slot = 0; slot < recipients; slot += 1) {
      const status = await messageStatus(`${WINE_CAMPAIGN}~c${slot}`);
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    expect([...counts.keys()].toSorted()).toEqual(['delivered', 'failed', 'read', 'sent']);
    expect(counts.get('read')).toBeGreaterThan(recipients / 2);
    const draft = await demo.pipeline.load('demo', 'messages.campaigns', 'autumn-menu');
    expect(draft.state).toMatchObject({ status: 'draft' });
  });

  test('have six conversations with guests: unanswered, answered, opted out, failed, by e-mail', async () => {
    expect(new Set(THREADS.map(({ guest }) => guest.id)).size).toBe(6);
    for (const { id, guest } of THREADS)
      expect(await conversation(id)).toMatchObject({ customerId: guest.id, personId: guest.id });
    expect(await conversation('terrace')).toMatchObject({ status: 'open', unread: 2 });
    expect((await conversation('late')).lines.map(({ from }) => from)).toEqual(['person', 'house']);
    expect(await conversation('scarf')).toMatchObject({ status: 'closed', unread: 0 });
    expect(await conversation('wine')).toMatchObject({ optedOut: true });
    expect(await messageStatus('stop.demo-wine-1')).toBe('delivered');
    expect(await messageStatus('reply.demo-vegan-2')).toBe('failed');
    expect(await messageStatus('reply.demo-scarf-2')).toBe('read');
    const mail = await conversation('birthday');
    expect(mail).toMatchObject({ channel: 'email' });
    expect(mail.lines).toHaveLength(4);
  });

  test('leave nothing that is still to be sent', async () => {
    const events = await demo.eventsAfter(0n);
    const asked = events.filter(({ type }) => type === 'comptoir.message.requested.v1');
    expect(asked.length).toBeGreaterThan(4);
    for (const { subject } of asked)
      expect(['read', 'delivered', 'accepted', 'failed']).toContain(await messageStatus(subject!));
  });

  test('name only guests whom the deletion of the demo erases', async () => {
    const marks = new Map<string, PersonalMarks>();
    for (const { aggregate } of MODULES.find(({ name }) => name === 'messages')!.aggregates)
      for (const { personal } of aggregate.events)
        if (personal?.type !== undefined) marks.set(personal.type, personal);
    const persons = await personsOfDemo(demo.log, (event) => marks.get(event.type));
    const guests = new Set(THREADS.map(({ guest }) => guest.id));
    expect(persons).toEqual(guests);
  });

  test('come from a number and to numbers that are kept free for fiction', async () => {
    const { state } = await demo.pipeline.load('demo', 'messages.senders', DESK);
    expect(state).toMatchObject({ terms: { from: expect.stringMatching(/^\+33639980/) } });
    for (const { guest } of THREADS) {
      expect(guest.phone).toMatch(/^\+33639980/);
      expect(guest.email).toMatch(/@example\.com$/);
    }
  });
});
