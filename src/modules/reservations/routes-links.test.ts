import { expect, test } from 'vitest';
import { forgedOf } from '../../../test/support/forged.ts';
import { STREAM_ID } from '../../core/aggregate.ts';
import {
  createLinkTokens,
  feedTokenOf,
  manageTokenOf,
  openFeed,
  opensReservation,
  reservationOf,
  visitorHoldersOf,
} from './routes-links.ts';

const links = createLinkTokens(new Uint8Array(32).fill(7));
const PLACE = { tenant: 'acme', reservationId: '01J9-x', generation: 1 };

test('R11: a token opens its reservation and no other, of no other tenant and generation', async () => {
  const token = await manageTokenOf(links, PLACE);
  expect(reservationOf(token)).toBe('01J9-x');
  expect(await opensReservation(links, token, PLACE)).toBe(true);
  for (const other of [
    { ...PLACE, tenant: 'other' },
    { ...PLACE, reservationId: '01J9-y' },
    { ...PLACE, generation: 2 },
  ])
    expect(await opensReservation(links, token, other)).toBe(false);
  expect(await opensReservation(createLinkTokens(new Uint8Array(32)), token, PLACE)).toBe(false);
});

test('the same link is made again, with 128 bits nobody can guess', async () => {
  const token = await manageTokenOf(links, PLACE);
  expect(await manageTokenOf(links, PLACE)).toBe(token);
  expect(token).toMatch(/^01J9-x\.[A-Za-z0-9_-]{22}$/);
});

test('a feed token names its tenant and feed, and a changed one opens nothing', async () => {
  const place = { tenant: 'acme', feedId: 'f1' };
  const token = await feedTokenOf(links, place);
  expect(await openFeed(links, token)).toEqual(place);
  for (const wrong of [
    forgedOf(token),
    token.replace('acme', 'evil'),
    token.slice(0, -1),
    '',
    '..',
    'x',
  ])
    expect(await openFeed(links, wrong)).toBeNull();
  expect(await openFeed(links, await manageTokenOf(links, PLACE))).toBeNull();
});

test('R14: who holds has a stream, however the pseudonym begins', async () => {
  const seen = new Set<string>();
  for (let address = 0; address < 256; address += 1) {
    const visitor = { tenant: 'acme', network: `192.0.2.${address}`, reach: null };
    for (const id of Object.values(await visitorHoldersOf(links, visitor))) {
      expect(id).toMatch(STREAM_ID);
      expect(id.length).toBeGreaterThanOrEqual(22);
      seen.add(id);
    }
  }
  expect(seen.size).toBe(512);
});
