/** The reservations of one day: by table, by time, who waits, what is asked for. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button, IconButton, LinkButton } from '../../design/buttons.tsx';
import { EmptyState, ErrorNote, Figure, Skeleton } from '../../design/marks.tsx';
import { Menu } from '../../design/menus.tsx';
import { DateField } from '../../design/number-fields.tsx';
import { Page } from '../../design/page.tsx';
import { useNow } from '../../design/texts.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { useSetUrlSearch, useUrlSearch } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { LocationSwitch } from '../floor/location-switch.tsx';
import { businessDayOf, useLocations, type Locations } from '../floor/locations.ts';
import { BlockDialog } from './block-dialog.tsx';
import { BookDialog } from './book-dialog.tsx';
import { BookingDrawer } from './booking-drawer.tsx';
import type { Place } from './booking-types.ts';
import { dateAfter, dayCounts } from './day-plan.ts';
import { EnquiriesView } from './enquiries-view.tsx';
import { ListView } from './list-view.tsx';
import { PlanView } from './plan-view.tsx';
import { useMay } from '../lists/use-limits.ts';
import { useDay, usePlace, type Day } from './use-day.ts';
import { WaitlistView } from './waitlist-view.tsx';
import { words } from './words.ts';

export function ReservationsScreen(): ReactElement {
  const t = useWords(words);
  const locations = useLocations();
  const { here } = locations;
  if (here === null)
    return (
      <Page title={t('title')}>
        {locations.error === null ? null : <ErrorNote error={locations.error} />}
        {locations.isLoading ? <Skeleton lines={8} /> : null}
        {locations.isLoading || locations.error !== null ? null : (
          <EmptyState
            icon="business"
            title={t('no-location-title')}
            text={t('no-location-text')}
            action={
              <LinkButton to="/set-up" kind="primary">
                {t('set-up')}
              </LinkButton>
            }
          />
        )}
      </Page>
    );
  return <OfLocation key={here.id} id={here.id} locations={locations} />;
}

function OfLocation({
  id,
  locations,
}: {
  readonly id: string;
  readonly locations: Locations;
}): ReactElement {
  const t = useWords(words);
  const { place, error } = usePlace(id);
  if (place === null)
    return (
      <Page title={t('title')}>
        {error === null ? <Skeleton lines={8} /> : <ErrorNote error={error} />}
      </Page>
    );
  return <OfDay place={place} locations={locations} />;
}

const VIEWS = ['plan', 'list', 'waitlist', 'enquiries'] as const;
type View = (typeof VIEWS)[number];

/** What OfDay works with. */
function useOfDay({ place }: { readonly place: Place; readonly locations: Locations }) {
  const t = useWords(words);
  const search = useUrlSearch();
  const setSearch = useSetUrlSearch();
  const today = businessDayOf(place, useNow(null));
  const date = /^\d{4}-\d\d-\d\d$/.test(search['day'] ?? '') ? (search['day'] ?? today) : today;
  const view: View = VIEWS.find((each) => each === search['view']) ?? 'plan';
  const day = useDay(place, date);
  const open = search['open'] ?? null;
  const show = (next: string | null): void => setSearch({ open: next }, { push: next !== null });
  const shown = day.bookings.find(({ id }) => id === open);
  const waiting = day.waiters.filter(
    ({ status }) => status === 'waiting' || status === 'offered',
  ).length;
  const asked = day.enquiries.filter(({ status }) => status === 'new').length;
  return { t, setSearch, today, date, view, day, open, show, shown, waiting, asked };
}

function OfDay({
  place,
  locations,
}: {
  readonly place: Place;
  readonly locations: Locations;
}): ReactElement {
  const { t, setSearch, today, date, view, day, open, show, shown, waiting, asked } = useOfDay({
    place,
    locations,
  });
  return (
    <Page
      title={t('title')}
      actions={<Actions place={place} date={date} locations={locations} onBooked={show} />}
      filters={
        <DayChoice
          date={date}
          today={today}
          onDate={(next) => setSearch({ day: next === today ? null : next, open: null })}
        />
      }
    >
      <Counts day={day} waiting={waiting} />
      {day.error === null ? null : <ErrorNote error={day.error} onRetry={day.readAgain} />}
      <Tabs
        label={t('view')}
        value={view}
        onChange={(next) => setSearch({ view: next === 'plan' ? null : next })}
        tabs={[
          { value: 'plan', label: t('plan') },
          { value: 'list', label: t('list') },
          { value: 'waitlist', label: t('waitlist'), count: waiting === 0 ? undefined : waiting },
          { value: 'enquiries', label: t('enquiries'), count: asked === 0 ? undefined : asked },
        ]}
      />
      {view === 'plan' ? <PlanView day={day} onOpen={show} /> : null}
      {view === 'list' ? <ListView day={day} onOpen={show} /> : null}
      {view === 'waitlist' ? <WaitlistView day={day} onOpen={show} /> : null}
      {view === 'enquiries' ? <EnquiriesView day={day} /> : null}
      {open === null ? null : (
        <BookingDrawer
          key={open}
          id={open}
          title={shown?.name ?? null}
          place={place}
          onClose={() => show(null)}
        />
      )}
    </Page>
  );
}

function DayChoice(props: {
  readonly date: string;
  readonly today: string;
  onDate(date: string): void;
}): ReactElement {
  const t = useWords(words);
  const { date, today, onDate } = props;
  return (
    <div className="flex w-full items-end gap-2 sm:w-auto">
      <IconButton
        icon="chevron-left"
        kind="quiet"
        label={t('before')}
        onClick={() => onDate(dateAfter(date, -1))}
      />
      <DateField
        className="flex-1 sm:w-40 sm:flex-none"
        label={t('day')}
        isLabelHidden
        value={date}
        onChange={(next) => {
          if (next !== '') onDate(next);
        }}
      />
      <IconButton
        icon="chevron-right"
        kind="quiet"
        label={t('next')}
        onClick={() => onDate(dateAfter(date, 1))}
      />
      <Button disabled={date === today} onClick={() => onDate(today)}>
        {t('today')}
      </Button>
    </div>
  );
}

function Actions(props: {
  readonly place: Place;
  readonly date: string;
  readonly locations: Locations;
  onBooked(id: string): void;
}): ReactElement {
  const t = useWords(words);
  const { place, date, locations, onBooked } = props;
  const may = useMay();
  const [open, setOpen] = useState<'book' | 'block' | null>(null);
  const [book, configure] = [may('reservations:book'), may('reservations:configure')];
  return (
    <>
      <LocationSwitch locations={locations} />
      {configure === 'not-allowed' ? null : (
        <Menu
          trigger={<IconButton kind="quiet" icon="more" label={t('calendar')} />}
          items={[
            {
              label: t('block'),
              icon: 'lock',
              disabled: configure !== 'yes',
              reason: configure === 'yes' ? undefined : t(configure),
              onSelect: () => setOpen('block'),
            },
          ]}
        />
      )}
      <Button
        kind="primary"
        icon="plus"
        disabled={book !== 'yes'}
        reason={book === 'yes' ? undefined : t(book)}
        onClick={() => setOpen('book')}
      >
        {t('book')}
      </Button>
      {open === 'book' ? (
        <BookDialog
          place={place}
          date={date}
          onClose={() => setOpen(null)}
          onBooked={(id) => {
            setOpen(null);
            if (id !== null) onBooked(id);
          }}
        />
      ) : null}
      {open === 'block' ? (
        <BlockDialog place={place} date={date} onClose={() => setOpen(null)} />
      ) : null}
    </>
  );
}

function Counts({ day, waiting }: { readonly day: Day; readonly waiting: number }): ReactElement {
  const t = useWords(words);
  const counts = dayCounts(day.bookings);
  const isKnown = !day.isLoading || day.bookings.length > 0;
  const figure = (count: number): string => (isKnown ? String(count) : '–');
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
      <Figure
        label={t('covers')}
        value={figure(counts.covers)}
        trend={isKnown ? t('summary', { count: counts.parties }) : ' '}
      />
      <Figure label={t('to-come')} value={figure(counts.toCome)} />
      <Figure
        label={t('seated')}
        value={figure(counts.seated)}
        tone={counts.seated > 0 ? 'good' : 'plain'}
      />
      <Figure
        label={t('waitlist')}
        value={figure(waiting)}
        tone={waiting > 0 ? 'waiting' : 'plain'}
      />
    </div>
  );
}
