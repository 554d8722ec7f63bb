/** What can be done with a reservation: the next step as a button, the rest in a menu. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Menu, type MenuItem } from '../../design/menus.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { Refusal } from '../lists/refusal.tsx';
import { isOpen, type Booking, type Place } from './booking-types.ts';
import { BOOKING_READS } from './booking-dialog.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { ContactDialog, LateDialog, NoShowDialog } from './small-dialogs.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { SeatDialog } from './seat-dialog.tsx';
import { useMay } from './use-day.ts';
import { words as dayWords } from './words.ts';
import { words } from './words-book.ts';
import { refusals } from './words-refusals.ts';

type Action = 'seat' | 'move' | 'cancel' | 'no-show' | 'late' | 'contact';

/** What BookingActions works with. */
function useBookingActions({ booking }: { readonly booking: Booking; readonly place: Place }) {
  const t = useWords(words);
  const td = useWords(dayWords);
  const may = useMay();
  const [action, setAction] = useState<Action | null>(null);
  const confirm = useCommand('POST /v1/reservations/{id}/confirm', { again: BOOKING_READS });
  const complete = useCommand('POST /v1/reservations/{id}/complete', { again: BOOKING_READS });
  const params = { id: booking.id };
  const { status } = booking;
  return { t, td, may, action, setAction, confirm, complete, params, status };
}

export function BookingActions({
  booking,
  place,
}: {
  readonly booking: Booking;
  readonly place: Place;
}): ReactElement | null {
  const { t, td, may, action, setAction, confirm, complete, params, status } = useBookingActions({
    booking,
    place,
  });
  if (!isOpen(status)) return null;
  const limits = (permission: string) => {
    const allowed = may(permission);
    return { disabled: allowed !== 'yes', reason: allowed === 'yes' ? undefined : td(allowed) };
  };
  const [book, seat] = [limits('reservations:book'), limits('reservations:seat')];
  const isToConfirm = status === 'held' || status === 'pending';
  const item = (key: Action, of: typeof book, icon: MenuItem['icon']): MenuItem => ({
    label: t(key),
    icon,
    ...of,
    onSelect: () => setAction(key),
  });
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {isToConfirm ? (
          <Button
            kind="primary"
            icon="check"
            {...book}
            isBusy={confirm.isPending}
            onClick={() =>
              confirm.mutate(
                { params, body: { by: 'house' } },
                { onSuccess: () => toast(t('confirmed')) },
              )
            }
          >
            {t('confirm')}
          </Button>
        ) : null}
        {status === 'seated' ? (
          <Button
            kind="primary"
            icon="check"
            {...seat}
            isBusy={complete.isPending}
            onClick={() =>
              complete.mutate({ params, body: {} }, { onSuccess: () => toast(t('completed')) })
            }
          >
            {t('complete')}
          </Button>
        ) : null}
        {isToConfirm ? null : (
          <Button
            kind={status === 'confirmed' ? 'primary' : 'quiet'}
            icon="person"
            {...seat}
            onClick={() => setAction('seat')}
          >
            {status === 'seated' ? t('seat-again') : t('seat')}
          </Button>
        )}
        {status === 'seated' ? null : (
          <>
            <Button icon="clock" {...book} onClick={() => setAction('move')}>
              {t('move')}
            </Button>
            <Menu
              trigger={<Button icon="more">{t('more')}</Button>}
              items={[
                item('late', book, 'clock'),
                item('contact', book, 'edit'),
                null,
                item('no-show', seat, 'person'),
                { ...item('cancel', book, 'close'), kind: 'danger' },
              ]}
            />
          </>
        )}
      </div>
      <Refusal error={confirm.error ?? complete.error} words={refusals} />
      <Dialogs booking={booking} place={place} action={action} onClose={() => setAction(null)} />
    </div>
  );
}

function Dialogs(props: {
  readonly booking: Booking;
  readonly place: Place;
  readonly action: Action | null;
  onClose(): void;
}): ReactElement | null {
  const { action, ...rest } = props;
  switch (action) {
    case 'seat':
      return <SeatDialog {...rest} />;
    case 'move':
      return <MoveDialog {...rest} />;
    case 'cancel':
      return <CancelDialog {...rest} />;
    case 'no-show':
      return <NoShowDialog {...rest} />;
    case 'late':
      return <LateDialog {...rest} />;
    case 'contact':
      return <ContactDialog {...rest} />;
    case null:
      return null;
  }
}
