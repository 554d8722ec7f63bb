/** GET /public/feeds/{token}: the reservations of a location as a calendar, for whoever has the secret address. */
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import { OPEN, type Route } from '../../http/route.ts';
import type { ReadRow } from '../../projections/projections.ts';
import type { FeedState } from './feeds/feed.ts';
import { icsOf, withoutPhones, type CalendarEntry } from './ics.ts';
import { reservationList } from './read-models/reservation-list.ts';
import { openFeed, type LinkTokens } from './routes-links.ts';
import { isoOf } from './times.ts';

const DAY_MS = 86_400_000;
/** What a calendar on a phone shows at once; older ones are kept by the calendar that fetched them. */
const DAYS_BACK = 7;
const DAYS_AHEAD = 90;
/** A location of a hundred parties a day for three weeks; further ones come when the near ones have passed. */
const ENTRIES_MAX = 2_000;
const PAGE = 500;
const SHOWN: ReadonlySet<unknown> = new Set(['pending', 'confirmed', 'seated', 'completed']);
/** Clients ask every few minutes at most. */
const CACHE = 'private, max-age=300';

export function feedRoute(deps: ModuleRouteDependencies, links: LinkTokens): Route {
  return {
    method: 'GET',
    path: '/public/feeds/{token}',
    operationId: 'readReservationFeed',
    tag: 'Reservations',
    summary: 'Reservations of a location as iCalendar, at a secret address that can be revoked',
    description: 'Names, sizes and tables; no phone numbers, addresses or notes.',
    access: OPEN,
    parameters: [
      {
        name: 'token',
        in: 'path',
        description: 'Of the address that opening the feed answered with, with `.ics` at its end.',
        schema: { type: 'string' },
      },
    ],
    answers: { 200: { description: 'The calendar', contentType: 'text/calendar' } },
    errors: ['NOT_FOUND'],
    async handle({ params }) {
      const token = /^(.{1,300})\.ics$/.exec(params['token'] ?? '')?.[1] ?? '';
      // A forged token ends here, without a look at the database.
      const place = await openFeed(links, token);
      if (place === null) throw unknownId();
      const { tenant, feedId } = place;
      const { state } = await deps.pipeline.load(tenant, 'reservations.feeds', feedId);
      // safe because the stream is one of the category
      const feed = state as FeedState;
      if (feed.status !== 'active') throw unknownId();
      const rows = await rowsOf(deps, tenant, feed.locationId);
      const entries = rows.filter(({ row }) => SHOWN.has(row['status'])).map(entryOf);
      const body = icsOf({ name: feed.name, stampMs: deps.clock.nowMs(), entries });
      const headers = { 'cache-control': CACHE, 'x-robots-tag': 'noindex' };
      return { status: 200, contentType: 'text/calendar; charset=utf-8', headers, body };
    },
  };
}

async function rowsOf(
  { projections, clock }: ModuleRouteDependencies,
  tenant: string,
  locationId: string,
): Promise<readonly ReadRow[]> {
  const reader = projections.reader(reservationList);
  const nowMs = clock.nowMs();
  const range = {
    from: isoOf(nowMs - DAYS_BACK * DAY_MS),
    to: isoOf(nowMs + DAYS_AHEAD * DAY_MS),
  };
  const rows: ReadRow[] = [];
  let after: string | undefined;
  for (let more = true; more && rows.length < ENTRIES_MAX;) {
    const page = await reader.list({ tenant, filters: { locationId }, range, limit: PAGE, after });
    rows.push(...page.items);
    ({ next: after, more } = page);
  }
  return rows;
}

function entryOf({ key, row }: ReadRow): CalendarEntry {
  const { name, party_size: partySize, table_ids: tableIds, status } = row;
  const guest = typeof name === 'string' ? withoutPhones(name) : '';
  const tables = Array.isArray(tableIds) ? tableIds.join(', ') : '';
  return {
    uid: `${key}@comptoir`,
    startMs: Date.parse(String(row['starts_at'])),
    endMs: Date.parse(String(row['ends_at'])),
    summary: `${guest} × ${String(partySize)} (${tables})`.trim(),
    status: status === 'pending' ? 'TENTATIVE' : 'CONFIRMED',
  };
}
