import { expect, test } from 'vitest';
import {
  done,
  dropped,
  EMPTY,
  localId,
  nextToSend,
  refused,
  stateOf,
  taken,
  waitingFor,
  withKnownIds,
  type UnsentCommand,
} from './outbox-state.ts';

function command(
  key: string,
  params: Readonly<Record<string, string>> = {},
  by = 'ana',
): UnsentCommand {
  return {
    key,
    operation: params['id'] === undefined ? 'POST /v1/orders' : 'POST /v1/orders/{id}/add-lines',
    params,
    body: {},
    label: { key: 'sent', values: {} },
    by,
    atMs: 0,
    refusal: null,
  };
}

test('commands go out in the order in which they were given', () => {
  const state = taken(taken(EMPTY, command('a')), command('b'));
  expect(nextToSend(state, 'ana')?.key).toBe('a');
  expect(nextToSend(done(state, { key: 'a', createdId: null }), 'ana')?.key).toBe('b');
});

test('an addition to an order that is not placed waits for its id', () => {
  const state = taken(taken(EMPTY, command('place')), command('add', { id: localId('place') }));
  expect(waitingFor(state, localId('place')).map(({ key }) => key)).toEqual(['place', 'add']);
  const placed = done(state, { key: 'place', createdId: 'order-7' });
  const next = nextToSend(placed, 'ana')!;
  expect(withKnownIds(placed, next).params).toEqual({ id: 'order-7' });
  expect(waitingFor(placed, 'order-7').map(({ key }) => key)).toEqual(['add']);
});

test('what was refused is not sent again and does not hold others up', () => {
  let state = taken(taken(EMPTY, command('a', { id: 'order-1' })), command('b', { id: 'order-2' }));
  state = refused(state, { key: 'a', code: 'ORDER_NOT_OPEN', detail: '' });
  expect(nextToSend(state, 'ana')?.key).toBe('b');
});

test('with an order that cannot be placed goes what was to follow it', () => {
  const state = taken(taken(EMPTY, command('place')), command('add', { id: localId('place') }));
  const held = refused(state, { key: 'place', code: 'PRICE_CHANGED', detail: '' });
  expect(nextToSend(held, 'ana')).toBeNull();
  expect(dropped(held, 'place').commands).toEqual([]);
});

test('nobody sends what somebody else typed', () => {
  const state = taken(EMPTY, command('a', {}, 'ana'));
  expect(nextToSend(state, 'ben')).toBeNull();
});

test.each([null, '', 'nonsense', '{}', '{"commands":1,"placed":{}}', '[]'])(
  'nothing is taken from a store that says %s',
  (text) => {
    expect(stateOf(text)).toEqual(EMPTY);
  },
);

test('what the tab kept is there after it was loaded again', () => {
  const state = taken(EMPTY, command('a'));
  expect(stateOf(JSON.stringify(state))).toEqual(state);
});
