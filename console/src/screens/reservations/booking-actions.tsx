/** What can be done with a reservation: the next step as a button, the rest in a menu. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Menu, type MenuItem } from '../../design/menus.tsx';
import { useWords } from '../../words/language.ts';
import { Refusal } from '../lists/refusal.tsx';
import { isOpen, type Booking, type Place } from './booking-types.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { RenewLinkDialog } from './link-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { SeatDialog } from './seat-dialog.tsx';
import { ContactDialog, LateDialog, NoShowDialog } from './small-dialogs.tsx';
import { useLimits } from '../lists/use-limits.ts';
import { useNextStep } from './use-next-step.ts';
import { words } from './words-book.ts';
import { refusals } from './words-refusals.ts';

type Action = 'seat' | 'move' | 'cancel' | 'no-show' | 'late' | 'contact' | 'link';

export function BookingActions({
  booking,
  place,
}: {
  readonly booking: Booking;
  readonly place: Place;
}): ReactElement | null {
  const limits = useLimits();
  const [action, setAction] = useState<Action | null>(null);
  const next = useNextStep(booking);
  const { status } = booking;
  if (!isOpen(status)) return null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {next === null ? null : (
          <Button
            kind="primary"
            icon="check"
            {...limits(next.permission)}
            isBusy={next.isBusy}
            onClick={next.give}
          >
            {next.label}
          </Button>
        )}
        {status === 'confirmed' || status === 'seated' ? (
          <SeatButton status={status} onAct={setAction} />
        ) : null}
        {status === 'seated' ? null : <BeforeSeating onAct={setAction} />}
      </div>
      <Refusal error={next?.error ?? null} words={refusals} />
      <Dialogs booking={booking} place={place} action={action} onClose={() => setAction(null)} />
    </div>
  );
}

function SeatButton(props: {
  readonly status: 'confirmed' | 'seated';
  onAct(action: Action): void;
}): ReactElement {
  const t = useWords(words);
  const limits = useLimits();
  const { status, onAct } = props;
  return (
    <Button
      kind={status === 'confirmed' ? 'primary' : 'quiet'}
      icon="person"
      {...limits('reservations:seat')}
      onClick={() => onAct('seat')}
    >
      {status === 'seated' ? t('seat-again') : t('seat')}
    </Button>
  );
}

/** What makes no sense any more once the party sits. */
function BeforeSeating({ onAct }: { onAct(action: Action): void }): ReactElement {
  const t = useWords(words);
  const limits = useLimits();
  const [book, seat] = [limits('reservations:book'), limits('reservations:seat')];
  const item = (key: Action, of: typeof book, icon: MenuItem['icon']): MenuItem => ({
    label: t(key),
    icon,
    ...of,
    onSelect: () => onAct(key),
  });
  return (
    <>
      <Button icon="clock" {...book} onClick={() => onAct('move')}>
        {t('move')}
      </Button>
      <Menu
        trigger={<Button icon="more">{t('more')}</Button>}
        items={[
          item('late', book, 'clock'),
          item('contact', book, 'edit'),
          item('link', book, 'link'),
          null,
          item('no-show', seat, 'person'),
          { ...item('cancel', book, 'close'), kind: 'danger' },
        ]}
      />
    </>
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
    case 'link':
      return <RenewLinkDialog {...rest} />;
    case null:
      return null;
  }
}
