import { expect, test } from 'vitest';
import { dayStream } from '../floor.ts';
import { book, LOCATION, worldWith, type World } from '../world.fixture.ts';

const DAY = '2026-11-21';
const TABLES = [
  { tableId: 't1', seats: 2 },
  { tableId: 's1', seats: 2, areaId: 'salon' },
];
const at = (time: string) => ({ startsAt: `${DAY}T${time}` });

function block(world: World, given: object, id = dayStream(LOCATION, DAY).id) {
  const standard = { from: `${DAY}T18:00`, to: `${DAY}T20:00`, reason: 'painting' };
  const input = { locationId: LOCATION, ...standard, ...given };
  return world.ask({ category: 'reservations.days', command: 'BlockTables', id, input });
}

test('what is blocked cannot be reserved, and can again once the block is lifted', () => {
  const world = worldWith(TABLES);
  expect(block(world, { areaIds: ['hall'] }).code).toBeNull();
  const salon = { areaId: 'salon', ...at('19:00') };
  expect(book(world, 'r1', { areaId: 'hall', ...at('19:00') }).code).toBe('SLOT_FULL');
  expect(book(world, 'r2', { areaId: 'hall', ...at('20:00') }).code).toBeNull();
  expect(book(world, 'r3', salon).code).toBeNull();
  const [held] = world.day(DAY).taken;
  expect(held).toMatchObject({ kind: 'block', tableIds: ['t1'], reason: 'painting' });
  const lift = (blockId: string) =>
    world.ask({
      category: 'reservations.days',
      command: 'LiftBlock',
      id: dayStream(LOCATION, DAY).id,
      input: { blockId },
    }).code;
  expect(lift('r3')).toBe('BLOCK_UNKNOWN');
  expect(lift(held!.key)).toBeNull();
  expect(book(world, 'r1', { areaId: 'hall', ...at('18:30') }).code).toBeNull();
});

test('R1: a table that is reserved cannot be blocked under the guests', () => {
  const world = worldWith(TABLES);
  book(world, 'r1', at('19:00'));
  const refused = block(world, { tableIds: ['s1', 't1'] });
  expect([refused.code, refused.details]).toEqual(['TABLES_TAKEN', { tableIds: ['s1'] }]);
});

test('a block across midnight stands on both dates', () => {
  const world = worldWith(TABLES);
  block(world, { tableIds: ['t1'], to: '2026-11-22T14:00' });
  expect(world.day('2026-11-22').taken).toHaveLength(1);
  const noon = { startsAt: '2026-11-22T12:00', areaId: 'hall' };
  expect(book(world, 'r1', noon).code).toBe('SLOT_FULL');
});

test.each([
  ['BLOCK_TOO_LONG', { tableIds: ['t1'], to: '2026-11-24T18:15' }],
  ['BLOCK_TOO_LONG', { tableIds: ['t1'], to: `${DAY}T17:00` }],
  ['TABLE_OR_AREA_UNKNOWN', { tableIds: ['t1', 't9'] }],
  ['TABLE_OR_AREA_UNKNOWN', {}],
  ['BLOCK_OF_ANOTHER_DAY', { tableIds: ['t1'], from: '2026-11-22T18:00', to: '2026-11-22T20:00' }],
])('%s: %j', (code, given) => {
  expect(block(worldWith(TABLES), given).code).toBe(code);
});

test('an id that no day has is refused, not a fault', () => {
  const world = worldWith(TABLES);
  for (const id of ['a1', 'house~2026-02-30'])
    for (const command of ['OfferFreedTables', 'LiftBlock'])
      expect(
        world.ask({
          category: 'reservations.days',
          command,
          id,
          input: command === 'LiftBlock' ? { blockId: 'b' } : {},
        }).code,
      ).toBe('LOCATION_UNKNOWN');
});
