/** The house that sells in the bench: several locations, a menu with modifiers, customers who are members. */
import type { Asking, Reply, Request } from './asking.ts';

export interface House {
  readonly locationIds: readonly string[];
  readonly menu: readonly MenuItem[];
  readonly memberIds: readonly string[];
}

/** A product as it is ordered: always with the same modifiers. */
export interface MenuItem {
  readonly productId: string;
  readonly optionIds: readonly string[];
  /** Of one, modifiers included, in minor units. */
  readonly price: number;
}

const LOCATIONS = ['Rynek', 'Dworzec', 'Port', 'Park'];
const TABLES = 20;
const PRODUCTS = 40;

/** Members are phones `+48` and nine digits, by number. */
export function phoneOf(member: number): string {
  return `+48${500_000_000 + member}`;
}

export async function buildHouse(asking: Asking, members: number): Promise<House> {
  const locationIds: string[] = [];
  for (const name of LOCATIONS) locationIds.push(await openLocation(asking, name));
  const menu = await buildMenu(asking);
  const memberIds = await Promise.all(
    Array.from({ length: members }, (_, index) => enrol(asking, index)),
  );
  return { locationIds, menu, memberIds };
}

/** Throws when the answer is neither 200 nor 201. */
export async function done(asking: Asking, request: Request): Promise<Reply> {
  const reply = await asking.ask(request);
  if (reply.status === 200 || reply.status === 201) return reply;
  throw new Error(`${request.method} ${request.path}: ${reply.status} ${reply.body}`);
}

export async function create(asking: Asking, path: string, body: object): Promise<string> {
  return idIn(await done(asking, { method: 'POST', path, body: asciiJson(body) }));
}

/** The id that a creating command was answered with. */
export function idIn({ body }: Reply): string {
  // safe because creating commands are answered with an id
  return (JSON.parse(body) as { readonly id: string }).id;
}

function asciiJson(value: object): string {
  return JSON.stringify(value);
}

async function openLocation(asking: Asking, name: string): Promise<string> {
  const id = await create(asking, '/v1/business/locations', {
    name,
    timeZone: 'Europe/Warsaw',
    country: 'PL',
  });
  const command = (word: string, body: object) =>
    done(asking, {
      method: 'POST',
      path: `/v1/business/locations/${id}/${word}`,
      body: asciiJson(body),
    });
  await command('set-area', { areaId: 'hall', name: 'Hall' });
  for (const stationId of ['bar', 'kitchen'])
    await command('set-station', {
      stationId,
      name: stationId,
      slowAfterSeconds: 300,
      lateAfterSeconds: 600,
    });
  for (let table = 1; table <= TABLES; table += 1)
    await command('set-table', {
      tableId: `t${table}`,
      areaId: 'hall',
      name: `Table ${table}`,
      seats: 2 + 2 * (table % 3),
    });
  return id;
}

async function buildMenu(asking: Asking): Promise<MenuItem[]> {
  const milk = await create(asking, '/v1/catalog/groups', {
    name: { en: 'Milk', pl: 'Mleko' },
    min: 1,
    max: 1,
    options: [
      { optionId: 'whole', name: { en: 'whole milk' }, price: 0 },
      { optionId: 'oat', name: { en: 'oat milk' }, price: 150 },
    ],
  });
  const extras = await create(asking, '/v1/catalog/groups', {
    name: { en: 'Extras', pl: 'Dodatki' },
    min: 0,
    max: 5,
    options: [
      { optionId: 'cream', name: { en: 'cream' }, price: 200 },
      { optionId: 'syrup', name: { en: 'syrup' }, price: 250 },
    ],
  });
  const menu: MenuItem[] = [];
  for (let number = 0; number < PRODUCTS; number += 1) {
    const price = 900 + 50 * number;
    const productId = await create(asking, '/v1/catalog/products', {
      name: { en: `Dish ${number}`, pl: `Danie ${number}` },
      description: { en: 'From the market, as long as there is some.' },
      price,
      groupIds: [milk, extras],
      taxClass: number % 2 === 0 ? 'food' : 'soft-drink',
      stationId: number % 2 === 0 ? 'kitchen' : 'bar',
      allergens: ['milk'],
    });
    menu.push({ productId, optionIds: ['oat', 'cream'], price: price + 350 });
  }
  return menu;
}

async function enrol(asking: Asking, number: number): Promise<string> {
  const customer = { name: `Guest ${number}`, phone: phoneOf(number), language: 'pl' };
  const customerId = await create(asking, '/v1/customers', customer);
  return await create(asking, '/v1/loyalty/members', { customerId });
}
