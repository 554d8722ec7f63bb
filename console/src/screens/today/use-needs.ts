/** What waits for somebody, of what this person may see; each with where to go. */
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import type { IconName } from '../../design/icons.tsx';
import type { Tone } from '../../design/marks.tsx';
import { formatRelative } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { permissionWords } from '../../words/permissions.ts';
import type { Location } from '../floor/locations.ts';
import type { PlanTable } from '../floor/floor-state.ts';
import type { Floor } from '../floor/use-floor.ts';
import { ageOf } from '../kitchen/board-state.ts';
import type { BoardRead } from '../kitchen/use-board.ts';
import { shaped } from '../order/order-types.ts';
import { words } from './words.ts';

export interface Need {
  readonly key: string;
  readonly words: string;
  readonly to: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

export interface Waiting {
  readonly tables: number;
  readonly tickets: number;
  readonly bills: number;
}

const LOOK_MS = 15_000;
/** What is left of something when somebody should hear of it. */
const LOW_PORTIONS = 5;

export function useWaiting(floor: Floor, board: BoardRead): Waiting {
  const bills = (floor.floor?.tables ?? [])
    .filter(({ state }) => state === 'bill')
    .map(({ tableId }) => tableId);
  const fed = board.tickets.flatMap(({ tableId }) => (tableId === null ? [] : [tableId]));
  return {
    tables: new Set([...bills, ...fed]).size,
    tickets: board.tickets.length,
    bills: bills.length,
  };
}

export function useNeeds(location: Location, floor: Floor, board: BoardRead): readonly Need[] {
  const house = useHouseNeeds(location, floor, board);
  const guests = useGuestNeeds(location, board.nowMs);
  const engine = useEngineNeeds();
  return [...house, ...guests, ...engine];
}

function useHouseNeeds(location: Location, floor: Floor, board: BoardRead): readonly Need[] {
  const t = useWords(words);
  const language = useLanguage();
  const portions = usePortionNeeds(location);
  const late = board.tickets.filter((ticket) => {
    const station = board.board?.stations.find(({ stationId }) => stationId === ticket.stationId);
    return ageOf(ticket, station, board.nowMs).age === 'late';
  }).length;
  const asked = (floor.floor?.tables ?? []).filter(
    (table): table is PlanTable & { since: string } =>
      table.state === 'bill' && table.since !== null,
  );
  const bills = asked.map((table): Need => ({
    key: `bill-${table.tableId}`,
    words: t('need-bill', {
      table: table.name,
      when: formatRelative(Date.parse(table.since), board.nowMs, language),
    }),
    to: table.orders[0] === undefined ? '/floor' : `/order/${table.orders[0].orderId}`,
    tone: 'waiting',
    icon: 'cash',
  }));
  const tickets: Need = {
    key: 'late',
    words: t('need-late', { count: late }),
    to: '/kitchen',
    tone: 'bad',
    icon: 'clock',
  };
  return [...bills, ...(late === 0 ? [] : [tickets]), ...portions];
}

function usePortionNeeds(location: Location): readonly Need[] {
  const t = useWords(words);
  const { permissions } = useSession();
  const portions = useRead(
    'GET /v1/catalog/portions',
    { query: { locationId: location.id, limit: 100 } },
    { enabled: allows(permissions, 'catalog:read'), everyMs: LOOK_MS },
  );
  const low = (portions.data?.items ?? []).filter(
    ({ remaining, soldOut }) =>
      soldOut === true || (typeof remaining === 'number' && remaining <= LOW_PORTIONS),
  );
  const products = useRead(
    'GET /v1/catalog/products',
    { query: { limit: 1000 } },
    { enabled: low.length > 0 },
  );
  return low.map(({ id, productId, soldOut, remaining }): Need => {
    const name =
      products.data?.items.find((each) => each.id === productId)?.title ?? productId ?? '';
    const isOut = soldOut === true || remaining === 0;
    return {
      key: `portions-${id}`,
      words: isOut
        ? t('need-sold-out', { name })
        : t('need-portions', { name, count: remaining ?? 0 }),
      to: '/menu',
      tone: isOut ? 'bad' : 'waiting',
      icon: 'menu',
    };
  });
}

function useGuestNeeds(location: Location, nowMs: number): readonly Need[] {
  const t = useWords(words);
  const language = useLanguage();
  const { permissions, user } = useSession();
  const offers = useRead(
    'GET /v1/reservations/waitlist',
    { query: { locationId: location.id, status: 'offered', limit: 20 } },
    { enabled: allows(permissions, 'reservations:read'), everyMs: LOOK_MS },
  );
  const approvals = useRead('GET /v1/access/approvals', {}, { everyMs: LOOK_MS });
  const unknown = useRead(
    'GET /v1/messages',
    { query: { status: 'unknown', limit: 100 } },
    { enabled: allows(permissions, 'messages:read'), everyMs: LOOK_MS },
  );
  const messages = unknown.data?.items.length ?? 0;
  return [
    ...(offers.data?.items ?? []).map((each): Need => {
      const until = shaped<{ until?: string; expiresAt?: string } | null>(each.offer);
      const at = Date.parse(until?.until ?? until?.expiresAt ?? '');
      return {
        key: `offer-${each.id}`,
        words: t('need-offer', {
          name: (each.name ?? '').slice(0, 60),
          count: each.partySize ?? 0,
          when: Number.isNaN(at) ? '' : formatRelative(at, nowMs, language),
        }),
        to: '/reservations',
        tone: 'waiting',
        icon: 'reservations',
      };
    }),
    ...(approvals.data?.items ?? [])
      .filter(({ status, requestedBy }) => status === 'open' && requestedBy !== user.id)
      .map((each): Need => ({
        key: `approval-${each.id}`,
        words: t('need-approval', {
          name: each.requestedByName,
          what: permissionWords(each.permission, language),
        }),
        to: '/access',
        tone: 'info',
        icon: 'access',
      })),
    ...(messages === 0
      ? []
      : [
          {
            key: 'messages',
            words: t('need-messages', { count: messages }),
            to: '/messages',
            tone: 'waiting' as const,
            icon: 'messages' as const,
          },
        ]),
  ];
}

function useEngineNeeds(): readonly Need[] {
  const t = useWords(words);
  const { permissions } = useSession();
  const mayRepair = permissions.includes('projections:write');
  const options = { enabled: mayRepair, everyMs: LOOK_MS };
  const projections = useRead('GET /v1/projections', {}, options);
  const policies = useRead('GET /v1/policies', {}, options);
  const letters = useRead(
    'GET /v1/events/rejected',
    { query: { limit: 100 } },
    { enabled: allows(permissions, 'events:read'), everyMs: LOOK_MS },
  );
  const parked = (projections.data?.items ?? []).reduce(
    (sum, { parkedEvents }) => sum + parkedEvents,
    0,
  );
  const held = (policies.data?.items ?? []).reduce((sum, each) => sum + each.parked, 0);
  const open = (letters.data?.items ?? []).filter(({ status }) => status === 'open').length;
  const need = (
    key: 'need-parked' | 'need-policies' | 'need-letters',
    count: number,
    to: string,
  ): readonly Need[] =>
    count === 0 ? [] : [{ key, words: t(key, { count }), to, tone: 'bad', icon: 'warning' }];
  return [
    ...need('need-parked', parked, '/projections'),
    ...need('need-policies', held, '/projections'),
    ...need('need-letters', open, '/dead-letters'),
  ];
}
