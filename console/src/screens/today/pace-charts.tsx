/** Orders a minute and events a second, as small multiples with a sentence each. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { useSession } from '../../api/session.ts';
import { Card } from '../../design/page.tsx';
import { useNow } from '../../design/texts.tsx';
import { TimeChart } from '../../design/time-chart.tsx';
import { formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { shaped, type OrderRow } from '../order/order-types.ts';
import { paceOf } from './pace.ts';
import type { HouseEvents } from './use-house-events.ts';
import { words } from './words.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const EVENT_BIN_MS = 10_000;
/** Charts move so often: a bin of events ends every ten seconds. */
const TICK_MS = 5000;

export function PaceCharts({
  locationId,
  house,
}: {
  readonly locationId: string;
  readonly house: HouseEvents;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const nowMs = useNow(TICK_MS);
  // By the whole minute, so that the question stays the same for a minute.
  const fromMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS - HOUR_MS;
  const placed = useRead(
    'GET /v1/orders',
    { query: { locationId, from: new Date(fromMs).toISOString(), limit: 1000 } },
    { keep: true },
  );
  const times = shaped<readonly OrderRow[]>(placed.data?.items ?? []).map(({ placedAt }) =>
    Date.parse(placedAt),
  );
  const orders = paceOf(times, {
    nowMs,
    binMs: MINUTE_MS,
    count: 60,
    perMs: MINUTE_MS,
    knownFromMs: 0,
  });
  const events = paceOf(house.moments, {
    nowMs,
    binMs: EVENT_BIN_MS,
    count: 60,
    perMs: 1000,
    knownFromMs: house.knownFromMs,
  });
  const round = (value: number): string =>
    formatNumber(value, language, { maximumFractionDigits: 1 });
  return (
    <Card>
      <div className="grid gap-4 md:grid-cols-2">
        <TimeChart
          title={`${t('orders-pace')} · ${t('last-hour')}`}
          kind="bars"
          height={96}
          series={[{ label: t('orders-pace'), points: orders.points }]}
          summary={t('orders-summary', { count: orders.total, most: round(orders.most) })}
        />
        <TimeChart
          title={`${t('events-pace')} · ${t('last-minutes')}`}
          height={96}
          series={[{ label: t('events-pace'), points: events.points }]}
          summary={t('events-summary', { count: events.total, most: round(events.most) })}
        />
      </div>
      <EngineLine />
    </Card>
  );
}

/** How fast the engine is, for those who may see it. */
function EngineLine(): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const { permissions } = useSession();
  const { data } = useRead(
    'GET /v1/live',
    { query: { history: 'false' } },
    { enabled: permissions.includes('metrics:read'), everyMs: TICK_MS },
  );
  const latest = data?.latest ?? null;
  if (latest === null) return null;
  const one = (value: number | null): string =>
    value === null
      ? '–'
      : formatNumber(value, language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  return (
    <p className="pt-3 text-12 text-muted">
      {t('engine', {
        p95: one(latest.appendP95Ms),
        lag: one(latest.lagSeconds),
        duplicates: formatNumber(latest.duplicatesPerSecond, language),
      })}
    </p>
  );
}
