/** One reservation: what it is and was, and its story with the slider over both. */
import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { TextLink } from '../../design/buttons.tsx';
import { ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Page } from '../../design/page.tsx';
import { useWords } from '../../words/language.ts';
import { GeneratedDetail, useThing } from '../generated/generated-detail.tsx';
import { useAggregate, type AggregateItem } from '../generated/generic-calls.ts';
import { shaped } from '../order/order-types.ts';
import { BookingActions } from './booking-actions.tsx';
import { BookingFacts } from './booking-facts.tsx';
import type { Booking } from './booking-types.ts';
import { usePlace } from './use-day.ts';
import { words } from './words.ts';

export function BookingScreen(): ReactElement {
  const t = useWords(words);
  const { id = '' } = useParams({ strict: false });
  const aggregate = useAggregate('reservations');
  if (aggregate === undefined || aggregate === null)
    return (
      <Page title={t('title')}>
        <Skeleton lines={8} />
      </Page>
    );
  return <OfBooking key={id} id={id} aggregate={aggregate} />;
}

function OfBooking({
  id,
  aggregate,
}: {
  readonly id: string;
  readonly aggregate: AggregateItem;
}): ReactElement {
  const t = useWords(words);
  const { read, thing } = useThing(aggregate, id);
  const above = <TextLink to="/reservations">{t('back')}</TextLink>;
  if (thing === null)
    return (
      <Page title={t('title')} above={above}>
        {read.error === null ? (
          <Skeleton lines={8} />
        ) : (
          <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
        )}
      </Page>
    );
  return <WithPlace booking={shaped<Booking>(thing.state)} aggregate={aggregate} />;
}

function WithPlace({
  booking,
  aggregate,
}: {
  readonly booking: Booking;
  readonly aggregate: AggregateItem;
}): ReactElement {
  const t = useWords(words);
  const { place, error } = usePlace(booking.locationId);
  const above = (
    <TextLink to="/reservations" search={{ day: booking.day }}>
      {t('back')}
    </TextLink>
  );
  return (
    <Page title={booking.contact?.name ?? t('no-name')} above={above}>
      {error === null ? null : <ErrorNote error={error} />}
      {place === null ? null : (
        <>
          <BookingActions booking={booking} place={place} />
          <GeneratedDetail
            aggregate={aggregate}
            id={booking.id}
            view={(state) => (
              <BookingFacts booking={shaped<Booking>(state)} place={place} hasActions={false} />
            )}
          />
        </>
      )}
    </Page>
  );
}
