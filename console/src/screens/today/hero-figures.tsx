/** The four numbers of the house at this moment. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { TextLink } from '../../design/buttons.tsx';
import { Figure } from '../../design/marks.tsx';
import { useNow } from '../../design/texts.tsx';
import { LOCALES } from '../../words/define-words.ts';
import { formatMoney, formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { businessDayOf, type Location } from '../floor/locations.ts';
import { floorCounts } from '../floor/floor-state.ts';
import type { Floor } from '../floor/use-floor.ts';
import { shaped } from '../order/order-types.ts';
import { dayPlus } from './pace.ts';
import type { DayRow } from './report-types.ts';
import type { Waiting } from './use-needs.ts';
import { words } from './words.ts';

const CLOCK_MS = 60_000;

export function HeroFigures(props: HeroProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { location, floor, waiting, isFloorSeen } = props;
  const day = businessDayOf(location, useNow(CLOCK_MS));
  const { today, weekAgo } = useDays(location.id, day);
  const { currency } = location;
  const counts = floorCounts(floor.floor?.tables ?? [], floor.amounts);
  const say = ({ gross, refunded }: Pick<DayRow, 'gross' | 'refunded'>): string =>
    formatMoney({ amount: gross - refunded, currency }, language);
  const weekday = new Intl.DateTimeFormat(LOCALES[language], { weekday: 'long', timeZone: 'UTC' });
  const said =
    weekAgo === undefined
      ? t('no-last-week')
      : t('last-week', {
          weekday: weekday.format(new Date(dayPlus(day, -7))),
          amount: say(weekAgo),
        });
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <Figure
        label={t('revenue')}
        value={say(today ?? { gross: 0, refunded: 0 })}
        trend={<TextLink to="/today/report">{said}</TextLink>}
      />
      <Figure
        label={t('orders')}
        value={formatNumber((today?.orders ?? 0) + floor.orders.length, language)}
        {...(isFloorSeen ? { trend: t('open-orders', { count: floor.orders.length }) } : {})}
      />
      {isFloorSeen ? (
        <>
          <Figure
            label={t('guests')}
            value={formatNumber(counts.guests, language)}
            unit={t('in')}
            trend={t('tables-taken', { taken: counts.taken, tables: counts.tables })}
          />
          <WaitingFigure waiting={waiting} />
        </>
      ) : null}
    </div>
  );
}

interface HeroProps {
  readonly location: Location;
  /** False for a role that reads reports, not orders: a zero would say that nobody is there. */
  readonly isFloorSeen: boolean;
  readonly floor: Floor;
  readonly waiting: Waiting;
}

function WaitingFigure({
  waiting: { tables, tickets, bills },
}: Pick<HeroProps, 'waiting'>): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const parts = [
    tickets === 0 ? null : t('for-food', { count: tickets }),
    bills === 0 ? null : t('for-bill', { count: bills }),
  ].filter((each) => each !== null);
  return (
    <Figure
      label={t('waiting')}
      tone={bills > 0 ? 'waiting' : 'plain'}
      value={formatNumber(tables, language)}
      unit={t('tables', { count: tables })}
      trend={parts.length === 0 ? t('nobody') : parts.join(' · ')}
    />
  );
}

function useDays(
  locationId: string,
  day: string,
): { readonly today: DayRow | undefined; readonly weekAgo: DayRow | undefined } {
  const { data } = useRead(
    'GET /v1/reports/days',
    { query: { locationId, from: dayPlus(day, -7), to: dayPlus(day, 1), limit: 10 } },
    { keep: true, everyMs: CLOCK_MS },
  );
  const rows = shaped<readonly DayRow[]>(data?.items ?? []);
  return {
    today: rows.find(({ businessDay }) => businessDay === day),
    weekAgo: rows.find(({ businessDay }) => businessDay === dayPlus(day, -7)),
  };
}
