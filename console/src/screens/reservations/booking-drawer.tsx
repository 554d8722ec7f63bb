/** One reservation beside the day: who, when, where, what is owed, and what can be done with it now. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { LinkButton } from '../../design/buttons.tsx';
import { Drawer } from '../../design/dialogs.tsx';
import { ErrorNote, Skeleton } from '../../design/marks.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { shaped } from '../order/order-types.ts';
import { BookingActions } from './booking-actions.tsx';
import { BookingFacts } from './booking-facts.tsx';
import type { Booking, Place } from './booking-types.ts';
import { words as dayWords } from './words.ts';
import { words } from './words-book.ts';

export function BookingDrawer(props: {
  readonly id: string;
  readonly title: string | null;
  readonly place: Place;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const td = useWords(dayWords);
  const { id, title, place, onClose } = props;
  const { at } = useAsOf();
  const read = useRead(
    'GET /v1/reservations/{id}',
    { params: { id }, query: { at: at ?? undefined } },
    { keep: true },
  );
  const booking = read.data === undefined ? null : shaped<Booking>(read.data);
  return (
    <Drawer
      title={booking?.contact?.name ?? title ?? td('no-name')}
      isOpen
      onClose={onClose}
      footer={
        <LinkButton to={`/reservations/${id}`} icon="history">
          {t('details')}
        </LinkButton>
      }
    >
      {read.error !== null && booking === null ? (
        <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
      ) : null}
      {booking === null && read.error === null ? <Skeleton lines={8} /> : null}
      {booking === null ? null : (
        <div className="flex flex-col gap-5">
          <BookingActions booking={booking} place={place} />
          <BookingFacts booking={booking} place={place} hasActions={at === null} />
        </div>
      )}
    </Drawer>
  );
}
