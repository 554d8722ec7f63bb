/** The small business that journeys take place in: a bar with four tables, a short menu, a quiz, and five people. */
import { QUIZ } from '../../src/public/quiz.fixture.ts';
import { until } from '../support/until.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- safe because tests assert what they find in it
export type Body = any;

/** Of everybody in the house. */
export const PASSWORD = 'seven green bottles on a wall';

export const PEOPLE = {
  manager: { email: 'manager@house.example', name: 'Marta Manager', pin: '2580', role: 'manager' },
  ada: { email: 'ada@house.example', name: 'Ada Waiter', pin: '1379', role: 'staff' },
  bruno: { email: 'bruno@house.example', name: 'Bruno Waiter', pin: '8024', role: 'staff' },
  cook: { email: 'cook@house.example', name: 'Cleo Cook', pin: null, role: 'kitchen' },
  locked: { email: 'locked@house.example', name: 'Lena Locked', pin: null, role: 'manager' },
} as const;

export const MEMBER_PHONE = '+33639980042';
export const MEMBER_NAME = 'Adèle Orsay';

export interface HouseIds {
  readonly locationId: string;
  readonly customerId: string;
  readonly burgerId: string;
}

interface Filling {
  readonly url: string;
  ask(path: string, body?: unknown, method?: string): Promise<Body>;
}

export async function fillHouse({ ask, url }: Filling): Promise<HouseIds> {
  await ask('/v1/business/profiles', {
    legalName: 'Bar du Test SARL',
    tradeName: 'Bar du Test',
    country: 'FR',
  });
  const place = { name: 'Le Test', timeZone: 'Europe/Paris', country: 'FR', languages: ['en'] };
  const { id: locationId } = await ask('/v1/business/locations', place);
  const part = (word: string, input: object) =>
    ask(`/v1/business/locations/${locationId}/${word}`, input);
  await part('set-area', { areaId: 'hall', name: 'Hall' });
  for (const [index, seats] of [4, 4, 2, 2].entries())
    await part('set-table', {
      tableId: `t${index + 1}`,
      areaId: 'hall',
      name: `${index + 1}`,
      seats,
    });
  await part('set-station', { stationId: 'kitchen', name: 'Kitchen' });
  const { id: categoryId } = await ask('/v1/catalog/categories', { name: { en: 'Food' } });
  const food = { categoryId, taxClass: 'food', stationId: 'kitchen' };
  const { id: burgerId } = await ask('/v1/catalog/products', {
    ...food,
    name: { en: 'Burger' },
    price: 1500,
  });
  await ask('/v1/catalog/products', { ...food, name: { en: 'Salad' }, price: 900 });
  await ask('/v1/catalog/products', { ...food, name: { en: 'Fries' }, price: 400 });
  await ask('/v1/leads/quizzes', { slug: 'guests', definition: QUIZ, publish: true });
  const { id: customerId } = await ask('/v1/customers', { name: MEMBER_NAME, phone: MEMBER_PHONE });
  await ask('/v1/loyalty/members', { customerId });
  await Promise.all(Object.values(PEOPLE).map((person) => invite({ ask, url }, person)));
  return { locationId, customerId, burgerId };
}

interface Person {
  readonly email: string;
  readonly name: string;
  readonly pin: string | null;
  readonly role: string;
}

/** As they do it: by the link of the invitation, then a PIN of their own. */
async function invite({ ask, url }: Filling, person: Person): Promise<void> {
  const { email, name, pin, role } = person;
  const { link } = await ask('/v1/access/users', { email, name, roles: [{ role }] });
  const send = async (request: Sent): Promise<Response> => {
    const { path, body, headers = {}, method = 'POST' } = request;
    const answer = await patiently(url + path, {
      method,
      headers: { 'content-type': 'application/json', origin: url, ...headers },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  };
  const token: string = link.token;
  await send({ path: '/v1/session/links', body: { token, password: PASSWORD } });
  if (pin === null) return;
  const session = await send({ path: '/v1/session', body: { email, password: PASSWORD } });
  const cookie = session.headers.getSetCookie().map((line) => line.split(';')[0]);
  // safe because it is the server's description of a session
  const { csrf } = (await session.json()) as { readonly csrf: string };
  const headers = { cookie: cookie.join('; '), 'x-csrf-token': csrf };
  const body = { password: PASSWORD, pin };
  await send({ path: '/v1/access/me/pin', body, headers, method: 'PUT' });
}

interface Sent {
  readonly path: string;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

/** The server says so while a demo fills and it has too much to do, or its disk stands still. */
export const AWAY = 503;

/** Asks again while the server is busy. */
export async function patiently(url: string, init: RequestInit): Promise<Response> {
  return until(`${url} to be answered`, async () => {
    const answer = await fetch(url, init);
    return answer.status === AWAY ? null : answer;
  });
}
