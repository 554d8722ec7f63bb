/** A house with its pages over the real server: for tests of pages. */
import { testDatabase } from '../../test/support/database.ts';
import { lockName } from '../access/tenants.ts';
import { systemClock, type Clock } from '../core/clock.ts';
import { silentLogger } from '../core/logger.ts';
import { httpFixture, type HttpFixture } from '../http/fixture.ts';
import { MODULE_ROUTES } from '../modules/routes.ts';
import {
  createLinks,
  createSlugs,
  sentTokenOf,
  TOKEN_PLACE,
  withPublicPages,
  type LinkToSend,
} from './index.ts';

export interface PublicFixture {
  readonly http: HttpFixture;
  /** Of the server. */
  readonly url: string;
  /** Links that were sent, in order. */
  readonly sent: LinkToSend[];
  /** Persons that were erased. */
  readonly erased: string[];
  readonly locationId: string;
  post(path: string, body: object): Promise<{ status: number; body: Record<string, never> }>;
  /** A page as text, as a browser asks for it. */
  page(path: string, headers?: Readonly<Record<string, string>>): Promise<PageAnswer>;
  /** Sends a form as a page of the server does. */
  send(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<PageAnswer>;
  close(): Promise<void>;
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty where the answer leads nowhere. */
  readonly location: string;
}

export const HOUSE = 'Bar <Pod> "Wawelem" & Co';

/** The house is tenant `default`; `tables` of two seats. */
export async function publicFixture({
  tables = 2,
  clock = systemClock,
}: { readonly tables?: number; readonly clock?: Clock } = {}): Promise<PublicFixture> {
  const held = await testDatabase();
  const sent: LinkToSend[] = [];
  const erased: string[] = [];
  const shared = { database: held.database, clock };
  const http = await httpFixture({
    clock,
    moduleRoutes: withPublicPages(MODULE_ROUTES, {
      links: createLinks(shared),
      slugs: createSlugs({ ...shared, lockName }),
      personal: {
        async *export(_tenant, personId) {
          yield JSON.stringify({ person: personId, events: [] });
        },
        async erase(_tenant, personId) {
          erased.push(personId);
        },
      },
      // As whoever sends the message fills it in.
      sendLink: async (link) => {
        const token = sentTokenOf(http.modules.linkSecret, link);
        sent.push({ ...link, path: link.path.replace(TOKEN_PLACE, token) });
      },
      logger: silentLogger,
    }),
  });
  const post = (path: string, body: object) => http.json(path, { method: 'POST', body });
  const locationId = await openHouse(post, tables);
  const asked = async (path: string, init: RequestInit): Promise<PageAnswer> => {
    const answer = await fetch(http.url + path, { redirect: 'manual', ...init });
    const location = answer.headers.get('location') ?? '';
    return { status: answer.status, headers: answer.headers, text: await answer.text(), location };
  };
  return {
    http,
    url: http.url,
    sent,
    erased,
    locationId,
    post,
    page: (path, headers = {}) => asked(path, { headers: { accept: 'text/html', ...headers } }),
    send: (path, fields, headers = {}) =>
      asked(path, {
        method: 'POST',
        headers: { 'sec-fetch-site': 'same-origin', ...headers },
        body: new URLSearchParams(fields),
      }),
    async close() {
      await http.close();
      await held.drop();
    },
  };
}

type Post = (path: string, body: object) => Promise<{ readonly body: { readonly id: string } }>;

/** A profile and one location with tables of two seats; answers with the id of the location. */
export async function openHouse(post: Post, tables: number): Promise<string> {
  await post('/v1/business/profiles', {
    legalName: 'Wawel sp. z o.o.',
    tradeName: HOUSE,
    country: 'PL',
  });
  const { body } = await post('/v1/business/locations', {
    name: 'Rynek',
    timeZone: 'Europe/Warsaw',
    country: 'PL',
    languages: ['pl', 'en'],
    address: { lines: ['Rynek 1'], postalCode: '31-042', city: 'Kraków', country: 'PL' },
  });
  const path = `/v1/business/locations/${body.id}`;
  await post(`${path}/set-area`, { areaId: 'hall', name: 'Hall' });
  for (let index = 1; index <= tables; index += 1)
    await post(`${path}/set-table`, {
      tableId: `t${index}`,
      areaId: 'hall',
      name: `T${index}`,
      seats: 2,
    });
  return body.id;
}
