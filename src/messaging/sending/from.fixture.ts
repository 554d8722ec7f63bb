/** A sender of messages for tests, with nothing that holds it back. */
import type { Sendable } from './prepared.ts';

export const SENDER_KEY = { bucket: 3, tenant: 'cafe', senderId: 'main' };

export const FROM: Sendable['from'] = {
  status: 'open',
  pausedFor: null,
  terms: {
    name: 'Front desk',
    channel: 'whatsapp',
    from: '+48123456789',
    phoneNumberId: '1001',
    wabaId: '2001',
    replyTo: null,
    secretName: 'main',
    budgetPerSecond: 1_000,
    dayTier: null,
    quietHours: null,
    caps: [],
    doubleOptIn: false,
    language: 'en',
  },
};
