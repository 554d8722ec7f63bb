import { expect, test } from 'vitest';
import { AT, givenEvents } from '../../../../test/support/given.ts';
import { recordedOf } from '../../../../test/support/module-folds.ts';
import { decide as decideLocation, streams as streamsOfLocation } from '../locations/decide.ts';
import type { LocationEvent } from '../locations/events.ts';
import { evolve as evolveLocation, initialState as noLocation } from '../locations/state.ts';
import { LOCATIONS } from '../locations/location-terms.ts';
import { decide as decideTill, streams as streamsOfTill } from '../tills/decide.ts';
import { evolve as evolveTill, initialState as noTill } from '../tills/state.ts';
import { added, LOCATION_ID, OPEN_LOCATION } from '../tills/tills.fixture.ts';
import { decide, noteNames } from './aggregate.ts';
import type { NameEvent } from './events.ts';
import { evolve, initialState, NAMES_STREAM, type NamesState } from './state.ts';

const names = (...events: readonly NameEvent[]): NamesState =>
  events.reduce((state, event) => evolve(state, event), initialState);
const taken = (id: string, name: string, more: object = {}): NameEvent => ({
  type: 'NameTaken',
  data: { of: 'location', id, locationId: null, name, noted: false, ...more },
});
const tillTaken = (id: string, name: string, locationId = LOCATION_ID): NameEvent =>
  taken(id, name, { of: 'till', locationId });

const opened: LocationEvent = {
  type: 'LocationOpened',
  data: {
    locationId: 'id-1',
    name: 'Rynek',
    timeZone: 'Europe/Warsaw',
    currency: 'PLN',
    dayCutOff: '05:00',
    taxes: { mode: 'inclusive', rates: [] },
    languages: ['pl'],
  },
};
const location = (held: NamesState, ...events: readonly LocationEvent[]) =>
  givenEvents(
    { initialState: noLocation, decide: decideLocation, evolve: evolveLocation },
    ...events,
  ).around(NAMES_STREAM, held);
const open = (name: string) =>
  ({ type: 'OpenLocation', input: { name, timeZone: 'Europe/Warsaw', country: 'PL' } }) as const;
const till = (held: NamesState, ...events: readonly (typeof added)[]) =>
  givenEvents({ initialState: noTill, decide: decideTill, evolve: evolveTill }, ...events)
    .around(NAMES_STREAM, held)
    .around({ category: LOCATIONS, id: LOCATION_ID }, OPEN_LOCATION);

test('B17: two locations of a tenant have two names, however they are typed; the refusal names the one that has it', () => {
  const decision = location(names(taken('id-2', 'Rynek Główny'))).decision(open(' rynek  GŁÓWNY'));
  expect(decision).toMatchObject({
    outcome: 'rejected',
    code: 'LOCATION_NAME_TAKEN',
    details: { existing: { id: 'id-2', name: 'Rynek Główny' } },
  });
});

test('B17: a name is taken on the stream of names in the same unit', () => {
  expect(location(names()).decision(open('Rynek'))).toMatchObject({
    outcome: 'accepted',
    elsewhere: [{ ...NAMES_STREAM, events: [taken('id-1', 'Rynek')] }],
  });
  const rename = { type: 'ChangeLocation', input: { name: 'Zamek' } } as const;
  const held = names(taken('id-1', 'Rynek'), taken('id-2', 'Zamek'));
  expect(location(held, opened).when(rename)).toBe('LOCATION_NAME_TAKEN');
  const asked = { id: 'id-1', at: AT, commandId: 'c', secret: 's', actor: 'a', number: 0 };
  // safe because only the type and the input are looked at
  const given = (said: object) => ({ ...asked, approver: null, ...said }) as never;
  expect(streamsOfLocation(given(rename))).toEqual([NAMES_STREAM]);
  expect(
    streamsOfLocation(given({ type: 'ChangeLocation', input: { dayCutOff: '04:00' } })),
  ).toEqual([]);
  expect(streamsOfTill(given({ type: 'AddTill', input: {} }))).toEqual([NAMES_STREAM]);
  expect(streamsOfTill(given({ type: 'CountTill', input: {} }))).toEqual([]);
});

test('B17: what is closed gives its name free', () => {
  const close = { type: 'CloseLocation', input: { reason: 'r' } } as const;
  const decision = location(names(taken('id-1', 'Rynek')), opened).decision(close);
  if (decision.outcome === 'rejected') throw new Error(decision.code);
  // safe because only events of names stand there
  const after = names(taken('id-1', 'Rynek'), ...(decision.elsewhere[0]!.events as NameEvent[]));
  expect(location(after).when({ ...open('Rynek') })).toMatchObject([{ type: 'LocationOpened' }]);
});

test('B18: two tills of a location have two names; those of another location may have the same', () => {
  const add = { type: 'AddTill', input: { locationId: LOCATION_ID, name: 'bar' } } as const;
  expect(till(names(tillTaken('t-9', 'Bar'))).when(add)).toBe('TILL_NAME_TAKEN');
  expect(till(names(tillTaken('t-9', 'Bar', 'elsewhere'))).when(add)).toMatchObject([
    { type: 'TillAdded' },
  ]);
  const rename = { type: 'RenameTill', input: { name: 'Terrace' } } as const;
  expect(till(names(tillTaken('t-9', 'Terrace')), added).when(rename)).toBe('TILL_NAME_TAKEN');
});

test('B19: names from before may stand twice, and either can be renamed', () => {
  const held = names(
    taken('id-1', 'Rynek', { noted: true }),
    taken('id-2', 'Rynek', { noted: true }),
  );
  const cutOff = { type: 'ChangeLocation', input: { dayCutOff: '04:00', name: 'Rynek' } } as const;
  expect(location(held, opened).when(cutOff)).toMatchObject([
    { type: 'LocationChanged', data: { dayCutOff: '04:00' } },
  ]);
  const rename = { type: 'ChangeLocation', input: { name: 'Rynek 2' } } as const;
  expect(location(held, opened).when(rename)).toMatchObject([{ type: 'LocationChanged' }]);
});

const note = (input: object) =>
  // safe because only the input is looked at
  ({ type: 'NoteName', input, id: 'main', at: AT }) as Parameters<typeof decide>[1];
const events = (state: NamesState, input: object): readonly NameEvent[] => {
  const decision = decide(state, note(input));
  if (decision.outcome === 'rejected') throw new Error(decision.code);
  return decision.events;
};

test('B19: the history is noted once, and never over what was said since', () => {
  const before = { of: 'till', id: 't-1', locationId: LOCATION_ID, name: 'Bar' };
  const [noted] = events(names(), before);
  expect(noted).toEqual(taken('t-1', 'Bar', { of: 'till', locationId: LOCATION_ID, noted: true }));
  expect(events(names(noted!), before)).toEqual([]);
  expect(events(names(noted!), { ...before, locationId: null, name: 'Hall' })).toMatchObject([
    { data: { locationId: LOCATION_ID, name: 'Hall', noted: true } },
  ]);
  expect(events(names(tillTaken('t-1', 'Terrace')), before)).toEqual([]);
  expect(events(names(noted!), { ...before, name: null })).toMatchObject([{ type: 'NameFreed' }]);
});

const recorded = (event: LocationEvent | typeof added) =>
  recordedOf(
    { event, moment: { at: AT, version: 1 }, category: LOCATIONS, id: 'x', eventId: 'e' },
    1,
  );

test('B19: the policy reads from the beginning, and what names nothing is passed by', () => {
  expect(noteNames.fromBeginning).toBe(true);
  expect(noteNames.react(recorded(opened), undefined)).toMatchObject([
    { command: 'NoteName', id: 'main', input: { of: 'location', id: 'id-1', name: 'Rynek' } },
  ]);
  const changed: LocationEvent = {
    type: 'LocationChanged',
    data: { locationId: 'id-1', dayCutOff: '04:00' },
  };
  expect(noteNames.react(recorded(changed), undefined)).toEqual([]);
  expect(noteNames.react(recorded(added), undefined)).toMatchObject([
    { input: { of: 'till', id: added.data.tillId, locationId: LOCATION_ID } },
  ]);
});
