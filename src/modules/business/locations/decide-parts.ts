/** Areas, tables and stations of a location. `joinableWith` names tables that there are, at any time. */
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { AREAS_MAX, STATIONS_MAX, TABLES_MAX, type LocationCommand } from './commands.ts';
import type { LocationEvent } from './events.ts';
import type { KnownLocation, Table } from './state.ts';

export type PartCommand = Exclude<
  LocationCommand,
  { type: 'OpenLocation' | 'ChangeLocation' | 'SetLocationTaxes' | 'CloseLocation' }
>;
type Named<Type extends PartCommand['type']> = Extract<PartCommand, { type: Type }>;

/** What a kitchen usually promises; a station says otherwise. */
const SLOW_AFTER_SECONDS_DEFAULT = 600;
const LATE_AFTER_SECONDS_DEFAULT = 1200;

export function decideParts(state: KnownLocation, command: PartCommand): Decision<LocationEvent> {
  const locationId = command.id;
  switch (command.type) {
    case 'SetArea':
      return setArea(state, command);
    case 'RemoveArea': {
      const { areaId } = command.input;
      if (!state.areas.some((area) => area.areaId === areaId)) return accepted([]);
      if (state.tables.some((table) => table.areaId === areaId)) return rejected('AREA_IN_USE');
      return accepted([{ type: 'AreaRemoved', data: { locationId, areaId } }]);
    }
    case 'SetTable':
      return setTable(state, command);
    case 'RemoveTable':
      return removeTable(state, command);
    case 'SetStation':
      return setStation(state, command);
    case 'RemoveStation': {
      const { stationId } = command.input;
      if (!state.stations.some((station) => station.stationId === stationId)) return accepted([]);
      return accepted([{ type: 'StationRemoved', data: { locationId, stationId } }]);
    }
  }
}

function setArea(state: KnownLocation, { id, input }: Named<'SetArea'>): Decision<LocationEvent> {
  const { areaId, name } = input;
  const held = state.areas.find((area) => area.areaId === areaId);
  if (held?.name === name) return accepted([]);
  if (state.areas.some((area) => area.name === name && area !== held))
    return rejected('NAME_TAKEN', { name });
  if (held === undefined && state.areas.length >= AREAS_MAX)
    return rejected('LOCATION_FULL', { most: AREAS_MAX });
  return accepted([{ type: 'AreaSet', data: { locationId: id, areaId, name } }]);
}

function setTable(state: KnownLocation, { id, input }: Named<'SetTable'>): Decision<LocationEvent> {
  const { tableId, areaId, name, seats, joinableWith = [] } = input;
  if (!state.areas.some((area) => area.areaId === areaId))
    return rejected('AREA_UNKNOWN', { areaId });
  const unknown = joinableWith.find(
    (other) => other === tableId || !state.tables.some((table) => table.tableId === other),
  );
  if (unknown !== undefined) return rejected('TABLE_UNKNOWN', { tableId: unknown });
  const held = state.tables.find((table) => table.tableId === tableId);
  if (state.tables.some((table) => table.name === name && table !== held))
    return rejected('NAME_TAKEN', { name });
  if (held === undefined && state.tables.length >= TABLES_MAX)
    return rejected('LOCATION_FULL', { most: TABLES_MAX });
  const table = { tableId, areaId, name, seats, joinableWith: [...joinableWith].sort() };
  if (held !== undefined && sameTable(held, table)) return accepted([]);
  return accepted([{ type: 'TableSet', data: { locationId: id, ...table } }]);
}

function sameTable(held: Table, table: Table): boolean {
  const isPlacedAlike = held.areaId === table.areaId && held.name === table.name;
  return (
    isPlacedAlike &&
    held.seats === table.seats &&
    held.joinableWith.join() === table.joinableWith.join()
  );
}

function removeTable(
  state: KnownLocation,
  { id: locationId, input: { tableId } }: Named<'RemoveTable'>,
): Decision<LocationEvent> {
  if (!state.tables.some((table) => table.tableId === tableId)) return accepted([]);
  const neighbours = state.tables.filter((table) => table.joinableWith.includes(tableId));
  const forgotten = neighbours.map((table): LocationEvent => {
    const joinableWith = table.joinableWith.filter((other) => other !== tableId);
    return { type: 'TableSet', data: { locationId, ...table, joinableWith } };
  });
  return accepted([...forgotten, { type: 'TableRemoved', data: { locationId, tableId } }]);
}

function setStation(
  state: KnownLocation,
  { id: locationId, input }: Named<'SetStation'>,
): Decision<LocationEvent> {
  const { stationId, name } = input;
  const held = state.stations.find((station) => station.stationId === stationId);
  const {
    slowAfterSeconds = held?.slowAfterSeconds ?? SLOW_AFTER_SECONDS_DEFAULT,
    lateAfterSeconds = held?.lateAfterSeconds ?? LATE_AFTER_SECONDS_DEFAULT,
  } = input;
  if (lateAfterSeconds <= slowAfterSeconds)
    return rejected('STATION_LATE_BEFORE_SLOW', { slowAfterSeconds, lateAfterSeconds });
  if (state.stations.some((station) => station.name === name && station !== held))
    return rejected('NAME_TAKEN', { name });
  if (held === undefined && state.stations.length >= STATIONS_MAX)
    return rejected('LOCATION_FULL', { most: STATIONS_MAX });
  const data = { locationId, stationId, name, slowAfterSeconds, lateAfterSeconds };
  const isSame =
    held?.name === name &&
    held.slowAfterSeconds === slowAfterSeconds &&
    held.lateAfterSeconds === lateAfterSeconds;
  return accepted(isSame ? [] : [{ type: 'StationSet', data }]);
}
