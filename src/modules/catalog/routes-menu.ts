/** GET /v1/catalog/menu: what can be had at a place, over a channel, at a moment, in a language. */
import { localOf } from '../../core/calendar.ts';
import { STREAM_ID } from '../../core/aggregate.ts';
import type { ServiceChannel } from '../../core/tax.ts';
import { unknownId } from '../../http/moments.ts';
import { WAIT, waitForModel } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies, ModuleRoutes } from '../../http/modules/services.ts';
import { invalid, microsOf, NO_LANGUAGE, notListed } from '../../http/query-input.ts';
import { scoped, type Call, type Parameter } from '../../http/route.ts';
import { createMenuCache, type MenuCache, type MenuReading } from './menu/menu-cache.ts';
import { menuRows, VERSION_KEY } from './menu/menu-rows.ts';
import type { KeyedMenuRow } from './menu/menu-source.ts';
import { renderMenu, type Menu, type MenuQuestion } from './menu/render-menu.ts';
import { menuSchema, MENU_EXAMPLE } from './menu/menu-schema.ts';
import { createLocationReader } from './routes-locations.ts';

const CHANNELS: readonly ServiceChannel[] = ['eat-in', 'take-away', 'delivery'];
/** The most that one question of a read model gives. */
const PAGE = 1000;

const PARAMETERS: readonly Parameter[] = [
  {
    name: 'locationId',
    in: 'query',
    description: 'Where; its clock, currency and languages count. Required.',
    schema: { type: 'string' },
    example: '01J9ZQ4Y8K3V5T7N2B6M1C0D9E',
  },
  {
    name: 'channel',
    in: 'query',
    description: 'How it is served: price lists differ by it.',
    schema: { type: 'string', enum: CHANNELS, default: 'eat-in' },
  },
  {
    name: 'at',
    in: 'query',
    description: 'When it is to be sold: price lists and hours of that moment. Now by default.',
    schema: { type: 'string', format: 'date-time' },
  },
  {
    name: 'language',
    in: 'query',
    description: 'BCP 47. What is not translated is in the languages of the location.',
    schema: { type: 'string' },
    example: 'pl',
  },
];

export const menuRoutes: ModuleRoutes = (deps) => {
  const { clock, pipeline } = deps;
  const cache = createMenuCache(menuReading(deps));
  const location = createLocationReader(pipeline, clock);
  return [
    {
      method: 'GET',
      path: '/v1/catalog/menu',
      operationId: 'readMenu',
      tag: 'Catalog',
      summary: 'The menu of a location, with prices of the moment and what is sold out',
      access: scoped('catalog:read'),
      parameters: [...PARAMETERS, WAIT],
      answers: { 200: { description: 'The menu', schema: menuSchema, example: MENU_EXAMPLE } },
      errors: [
        'INPUT_INVALID',
        'NOT_FOUND',
        'CURSOR_INVALID',
        'CURSOR_EXPIRED',
        'CURSOR_FOREIGN',
        'WAIT_TIMEOUT',
      ],
      async handle(call) {
        const asked = askedOf(call);
        const { tenant } = call.principal;
        const { timeZone, currency, languages } = await location(tenant, asked.locationId);
        await waitForModel(deps, call, menuRows);
        const at = asked.at ?? new Date(clock.nowMs()).toISOString();
        // To the minute, which is what hours and price lists know, so that a menu is rendered once a minute at most.
        const localTime = `${localOf(at, timeZone).slice(0, 16)}:00`;
        const { locationId, channel } = asked;
        const wanted = asked.language === undefined ? languages : [asked.language, ...languages];
        const question = { locationId, channel, localTime, currency, languages: wanted };
        return { status: 200, body: await menuText(cache, tenant, question) };
      },
    },
  ];
};

/** A menu as it is now at a place, as a text that is made anew only when something of it changed. */
export interface MenuReader {
  /** `languages` are the most wanted first. Errors: NOT_FOUND for a location that is unknown or closed. */
  rendered(
    of: {
      readonly tenant: string;
      readonly locationId: string;
      readonly languages: readonly string[];
      /** Whatever else the text depends on. */
      readonly name: string;
    },
    render: (menu: Menu) => string,
  ): Promise<string>;
}

/** For the pages of the house. */
export function createMenuReader(deps: ModuleRouteDependencies): MenuReader {
  const { clock, pipeline } = deps;
  const cache = createMenuCache(menuReading(deps));
  const location = createLocationReader(pipeline, clock);
  return {
    async rendered({ tenant, locationId, languages: wanted, name }, render) {
      const { timeZone, currency, languages } = await location(tenant, locationId);
      const at = new Date(clock.nowMs()).toISOString();
      const localTime = `${localOf(at, timeZone).slice(0, 16)}:00`;
      const all = [...wanted, ...languages];
      const question = {
        locationId,
        channel: 'eat-in',
        localTime,
        currency,
        languages: all,
      } as const;
      const key = JSON.stringify([question, name]);
      return cache.rendered({ tenant, name: key }, (source) =>
        render(renderMenu(source, question)),
      );
    },
  };
}

function menuText(cache: MenuCache, tenant: string, question: MenuQuestion): Promise<string> {
  const name = JSON.stringify(question);
  return cache.rendered({ tenant, name }, (source) => JSON.stringify(renderMenu(source, question)));
}

interface Asked {
  readonly locationId: string;
  readonly channel: ServiceChannel;
  /** RFC 3339 in UTC; undefined for now. */
  readonly at: string | undefined;
  readonly language: string | undefined;
}

/** Errors: INPUT_INVALID; NOT_FOUND for what cannot be an id. */
function askedOf({ query }: Call): Asked {
  const locationId = query.get('locationId');
  if (locationId === undefined)
    throw invalid('locationId', 'is missing: name a location.', 'REQUIRED');
  if (!STREAM_ID.test(locationId)) throw unknownId();
  const channelText = query.get('channel') ?? 'eat-in';
  const channel = CHANNELS.find((each) => each === channelText);
  if (channel === undefined)
    throw invalid('channel', `must be one of ${CHANNELS.join(', ')}.`, notListed(CHANNELS));
  const language = query.get('language');
  if (language !== undefined && !/^[a-z]{2}(-[A-Z]{2})?$/.test(language))
    throw invalid('language', 'must be a language such as en or pt-BR.', NO_LANGUAGE);
  const micros = microsOf(query, 'at');
  const at = micros === undefined ? undefined : new Date(Number(micros / 1000n)).toISOString();
  return { locationId, channel, at, language };
}

function menuReading({ projections }: ModuleRouteDependencies): MenuReading {
  const reader = projections.reader(menuRows);
  return {
    async version(tenant) {
      const found = await reader.get({ tenant, key: VERSION_KEY });
      const changes = found?.row['changes'];
      return typeof changes === 'number' ? changes : 0;
    },
    async rows(tenant) {
      const rows: KeyedMenuRow[] = [];
      let after: string | undefined;
      for (;;) {
        const page = await reader.list({ tenant, filters: {}, limit: PAGE, after });
        for (const item of page.items) rows.push(item);
        if (!page.more) return rows;
        after = page.next;
      }
    },
  };
}
