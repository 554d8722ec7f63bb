import { expect, test } from 'vitest';
import type { KnownSender } from '../modules/messages/index.ts';
import { createChannels, type SmsPort } from './channels.ts';

const SENDER: KnownSender = {
  status: 'open',
  pausedFor: null,
  terms: {
    name: 'Texts',
    channel: 'sms',
    from: 'BAR',
    phoneNumberId: null,
    wabaId: null,
    replyTo: null,
    secretName: null,
    budgetPerSecond: 1,
    dayTier: null,
    quietHours: null,
    caps: [],
    doubleOptIn: false,
    language: 'en',
  },
};
const MESSAGE = {
  messageId: 'm1',
  to: '+48501234567',
  content: { kind: 'text', text: 'Hello', subject: null },
  unsubscribeUrl: null,
} as const;

function fullWay() {
  return { send: () => Promise.reject(new Error('not this way')), hasRoom: () => false };
}

function channelsWith(sms: SmsPort | null) {
  return createChannels({ whatsapp: fullWay(), mailer: null, sms, tokenOf: () => 'token' });
}

test('a text message leaves through the port of its provider', async () => {
  const sent: string[] = [];
  const sms: SmsPort = {
    send(from, { to }) {
      sent.push(`${from} ${to}`);
      return Promise.resolve({ kind: 'accepted', providerId: 'p1' });
    },
  };
  const result = await channelsWith(sms).send(SENDER, MESSAGE);
  expect([result, sent]).toEqual([{ kind: 'accepted', providerId: 'p1' }, ['BAR +48501234567']]);
});

test('what no provider carries is not called sent', async () => {
  expect(await channelsWith(null).send(SENDER, MESSAGE)).toMatchObject({
    kind: 'refused',
    error: { class: 'sender', code: 'not-set-up' },
  });
  const { terms } = SENDER;
  const mail: KnownSender = { ...SENDER, terms: { ...terms, channel: 'email' } };
  expect(await channelsWith(null).send(mail, MESSAGE)).toMatchObject({ kind: 'refused' });
});

test('a way is full by the connections of its own channel', () => {
  const by = (channel: KnownSender['terms']['channel']): KnownSender => ({
    ...SENDER,
    terms: { ...SENDER.terms, channel },
  });
  const mailer = { ...fullWay(), hasRoom: () => true };
  const { hasRoom } = createChannels({
    whatsapp: fullWay(),
    mailer,
    sms: null,
    tokenOf: () => 'token',
  });
  expect([hasRoom(by('whatsapp')), hasRoom(by('email')), hasRoom(by('sms'))]).toEqual([
    false,
    true,
    true,
  ]);
});
