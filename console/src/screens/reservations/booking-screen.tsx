/** One reservation: what it is and was, and its story with the slider over both. */
import type { ReactElement } from 'react';
import { TextLink } from '../../design/buttons.tsx';
import { ErrorNote } from '../../design/marks.tsx';
import { Page } from '../../design/page.tsx';
import { useWords } from '../../words/language.ts';
import { GeneratedDetail } from '../generated/generated-detail.tsx';
import type { AggregateItem } from '../generated/generic-calls.ts';
import { ThingFrame } from '../lists/thing-frame.tsx';
import { shaped } from '../order/order-types.ts';
import { BookingActions } from './booking-actions.tsx';
import { BookingFacts } from './booking-facts.tsx';
import type { Booking } from './booking-types.ts';
import { usePlace } from './use-day.ts';
import { words } from './words.ts';

export function BookingScreen(): ReactElement {
  const t = useWords(words);
  return (
    <ThingFrame
      category="reservations"
      title={t('title')}
      back={{ to: '/reservations', label: t('back') }}
    >
      {({ thing, aggregate }) => (
        <WithPlace booking={shaped<Booking>(thing.state)} aggregate={aggregate} />
      )}
    </ThingFrame>
  );
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
            zone={place.timeZone}
            view={(state) => (
              <BookingFacts booking={shaped<Booking>(state)} place={place} hasActions={false} />
            )}
          />
        </>
      )}
    </Page>
  );
}
