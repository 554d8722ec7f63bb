/** The demo's house: whose it is, its rooms and tables, who cooks and pours, when it can be booked. */
import { DEMO_CUT_OFF, DEMO_LOCATION, DEMO_ZONE, type DemoStep } from './demo-steps.ts';

const ADDRESS = {
  lines: ['1 rue de l’Exemple'],
  postalCode: '75011',
  city: 'Paris',
  country: 'FR',
};

const AREAS = [
  { areaId: 'hall', name: 'Salle' },
  { areaId: 'terrace', name: 'Terrasse' },
  { areaId: 'bar', name: 'Comptoir' },
];

interface Table {
  readonly tableId: string;
  readonly areaId: string;
  readonly seats: number;
  /** A table that stands before it in this list. */
  readonly joinableWith?: string;
}

const TABLES: readonly Table[] = [
  { tableId: 't1', areaId: 'hall', seats: 2 },
  { tableId: 't2', areaId: 'hall', seats: 2, joinableWith: 't1' },
  { tableId: 't3', areaId: 'hall', seats: 4 },
  { tableId: 't4', areaId: 'hall', seats: 4, joinableWith: 't3' },
  { tableId: 't5', areaId: 'hall', seats: 4, joinableWith: 't4' },
  { tableId: 't6', areaId: 'hall', seats: 6 },
  { tableId: 't7', areaId: 'hall', seats: 2 },
  { tableId: 't8', areaId: 'hall', seats: 8 },
  { tableId: 't9', areaId: 'terrace', seats: 2 },
  { tableId: 't10', areaId: 'terrace', seats: 2, joinableWith: 't9' },
  { tableId: 't11', areaId: 'terrace', seats: 4 },
  { tableId: 't12', areaId: 'terrace', seats: 4, joinableWith: 't11' },
  { tableId: 'b1', areaId: 'bar', seats: 2 },
  { tableId: 'b2', areaId: 'bar', seats: 2 },
  { tableId: 'b3', areaId: 'bar', seats: 2 },
];

const STATIONS = [
  { stationId: 'kitchen', name: 'Cuisine', slowAfterSeconds: 720, lateAfterSeconds: 1200 },
  { stationId: 'bar', name: 'Bar', slowAfterSeconds: 240, lateAfterSeconds: 480 },
];

const OPENING_DAYS = [2, 3, 4, 5, 6, 7];

/** One after another: each rests on those before it. */
export const DEMO_TABLE_IDS: readonly string[] = TABLES.map(({ tableId }) => tableId);

export function houseSteps(): readonly DemoStep[] {
  const part = (command: string, name: string, input: object): DemoStep => ({
    category: 'business.locations',
    command,
    id: DEMO_LOCATION,
    input,
    once: `demo-${name}`,
  });
  return [
    {
      category: 'business.locations',
      command: 'OpenLocation',
      id: DEMO_LOCATION,
      input: {
        name: 'Le Comptoir',
        timeZone: DEMO_ZONE,
        country: 'FR',
        dayCutOff: DEMO_CUT_OFF,
        languages: ['fr', 'en', 'pl'],
        address: ADDRESS,
      },
    },
    {
      category: 'business.profiles',
      command: 'SetUpProfile',
      id: 'main',
      input: {
        legalName: 'Le Comptoir, société d’exemple',
        tradeName: 'Le Comptoir',
        country: 'FR',
        address: ADDRESS,
        receipt: { header: ['Le Comptoir'], footer: ['Merci et à bientôt !'] },
      },
    },
    ...AREAS.map((area) => part('SetArea', `area-${area.areaId}`, area)),
    ...TABLES.map(({ tableId, areaId, seats, joinableWith }) =>
      part('SetTable', `table-${tableId}`, {
        tableId,
        areaId,
        seats,
        name: tableId.toUpperCase(),
        ...(joinableWith === undefined ? {} : { joinableWith: [joinableWith] }),
      }),
    ),
    ...STATIONS.map((station) => part('SetStation', `station-${station.stationId}`, station)),
    {
      category: 'business.tills',
      command: 'AddTill',
      id: 'till-hall',
      input: { locationId: DEMO_LOCATION, name: 'Caisse salle' },
    },
    {
      category: 'reservations.calendars',
      command: 'SetReservationCalendar',
      id: DEMO_LOCATION,
      input: calendar(),
      once: 'demo-calendar',
    },
  ];
}

function calendar() {
  const lunch = OPENING_DAYS.map((weekday) => ({ weekday, opens: '12:00', closes: '15:00' }));
  // On Sundays the kitchen closes after lunch.
  const dinner = OPENING_DAYS.filter((weekday) => weekday !== 7).map((weekday) => ({
    weekday,
    opens: '18:30',
    closes: '23:30',
  }));
  return {
    locationId: DEMO_LOCATION,
    weekly: [...lunch, ...dinner],
    durations: [
      { partySizeTo: 2, minutes: 90 },
      { partySizeTo: 8, minutes: 120 },
      { partySizeTo: 500, minutes: 150 },
    ],
    bufferMinutes: 15,
    partySizeMax: 12,
    freeCancelMinutes: 240,
    noShowFeePerGuest: 1000,
    languages: ['fr', 'en', 'pl'],
  };
}
