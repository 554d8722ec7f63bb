/** One business day of a location, and the accountant's file of its month. */
import { useState, type ReactElement } from 'react';
import { client, useRead } from '../../api/api.ts';
import { Button, IconButton, LinkButton, TextLink } from '../../design/buttons.tsx';
import { EmptyState, ErrorNote, Figure, Skeleton } from '../../design/marks.tsx';
import { DateField } from '../../design/number-fields.tsx';
import { Page } from '../../design/page.tsx';
import { useUrlState } from '../../design/url-state.ts';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { LocationSwitch } from '../floor/location-switch.tsx';
import { businessDayOf, useLocations, type Location } from '../floor/locations.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { CallFailed } from '../../../../src/client/client.ts';
import { DayHours } from './day-hours.tsx';
import { dayPlus } from './pace.ts';
import { ProductTable, StaffTable, TaxTable, TenderTable } from './report-tables.tsx';
import type { DayReport } from './report-types.ts';
import { shaped } from '../order/order-types.ts';
import { saveFile } from './save-file.ts';
import { words } from './words.ts';

export function DayReportScreen(): ReactElement {
  const t = useWords(words);
  const locations = useLocations();
  const { here } = locations;
  if (here === null)
    return (
      <Page title={t('report-title')}>
        {locations.isLoading ? (
          <Skeleton lines={6} />
        ) : (
          <EmptyState title={t('no-location-title')} text={t('no-location-text')} />
        )}
      </Page>
    );
  return (
    <Report key={here.id} location={here} locations={<LocationSwitch locations={locations} />} />
  );
}

function Report({
  location,
  locations,
}: {
  readonly location: Location;
  readonly locations: ReactElement;
}): ReactElement {
  const t = useWords(words);
  const [today] = useState(() => businessDayOf(location, Date.now()));
  const [chosen, setChosen] = useUrlState('day');
  const day = chosen === '' ? today : chosen;
  const { data, error, isPending, refetch } = useRead('GET /v1/reports/days/{locationId}/{day}', {
    params: { locationId: location.id, day },
  });
  return (
    <Page
      title={t('report-title')}
      above={<TextLink to="/today">{t('title')}</TextLink>}
      actions={
        <>
          {locations}
          <MonthFile location={location} day={day} />
        </>
      }
      filters={<DayChoice day={day} today={today} onDay={setChosen} />}
    >
      {isPending ? <Skeleton lines={8} /> : null}
      {error?.status === 404 ? (
        <EmptyState
          title={t('report-empty')}
          text={t('report-empty-text')}
          icon="chart"
          action={<LinkButton to="/floor">{t('to-floor')}</LinkButton>}
        />
      ) : error === null ? null : (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      )}
      {data === undefined || error !== null ? null : <Day day={shaped<DayReport>(data)} />}
    </Page>
  );
}

function DayChoice(props: {
  readonly day: string;
  readonly today: string;
  onDay(day: string): void;
}): ReactElement {
  const t = useWords(words);
  const { day, today, onDay } = props;
  return (
    <>
      <IconButton
        kind="quiet"
        icon="chevron-left"
        label={t('previous-day')}
        onClick={() => onDay(dayPlus(day, -1))}
      />
      <DateField
        label={t('day')}
        isLabelHidden
        className="w-44"
        value={day}
        max={today}
        onChange={(value) => (value === '' ? undefined : onDay(value))}
      />
      <IconButton
        kind="quiet"
        icon="chevron-right"
        label={t('next-day')}
        disabled={day >= today}
        onClick={() => onDay(dayPlus(day, 1))}
      />
    </>
  );
}

function Day({ day }: { readonly day: DayReport }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const say = (amount: number): string => formatMoney({ amount, currency: day.currency }, language);
  const average =
    day.orders === 0
      ? undefined
      : t('average', { amount: say(Math.round(day.gross / day.orders)) });
  const channels = (['eat-in', 'take-away', 'delivery'] as const).flatMap((channel) => {
    const amount = day.channels[channel];
    return amount === undefined ? [] : [`${t(channel)} ${say(amount)}`];
  });
  return (
    <>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(184px,1fr))] gap-3">
        <Figure label={t('gross')} value={say(day.gross)} trend={channels.join(' · ')} />
        <Figure label={t('net')} value={say(day.net)} trend={`${t('tax')} ${say(day.tax)}`} />
        <Figure
          label={t('tips')}
          value={say(day.tips)}
          trend={[t('bills', { count: day.orders }), average]
            .filter((each) => each !== undefined)
            .join(' · ')}
        />
        <Figure
          label={t('refunds')}
          value={say(day.refunded)}
          tone={day.refunded > 0 ? 'bad' : 'plain'}
          trend={`${t('discounts')} ${say(day.discounts)} · ${t('points')} ${say(day.pointsDiscounts)} · ${t('voids')} ${say(day.voided)}`}
        />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <DayHours day={day} />
          <TenderTable day={day} />
          <TaxTable day={day} />
          {day.staff.length === 0 ? null : <StaffTable day={day} />}
        </div>
        <ProductTable day={day} />
      </div>
    </>
  );
}

/** The file of the month that the day is in. */
function MonthFile({
  location,
  day,
}: {
  readonly location: Location;
  readonly day: string;
}): ReactElement {
  const t = useWords(words);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CallFailed | null>(null);
  const from = `${day.slice(0, 7)}-01`;
  const take = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const to = `${dayPlus(from, 31).slice(0, 7)}-01`;
      const { body } = await client.call('GET /v1/reports/days.csv', {
        query: { locationId: location.id, from, to },
      });
      saveFile({ name: `comptoir-${day.slice(0, 7)}.csv`, type: 'text/csv', text: body });
    } catch (failed) {
      if (failed instanceof CallFailed) setError(failed);
      else throw failed;
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button icon="download" isBusy={isBusy} onClick={() => void take()}>
        {t('csv')}
      </Button>
      <FailureNote error={error} />
    </>
  );
}
