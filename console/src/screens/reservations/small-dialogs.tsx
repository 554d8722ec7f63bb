/** Did not come, comes later, is reached otherwise. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { ConfirmDialog, Dialog } from '../../design/dialogs.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { Refusal } from '../lists/refusal.tsx';
import { AmountsTold } from './amounts-told.tsx';
import { BOOKING_READS, type BookingDialogProps } from './booking-dialog.ts';
import { ContactFields, contactOf, isReachable, type ContactValue } from './contact-fields.tsx';
import { noShowConsequence } from './fees.ts';
import { useFees } from './use-day.ts';
import { words } from './words-book.ts';
import { refusals } from './words-refusals.ts';

export function NoShowDialog({ booking, place, onClose }: BookingDialogProps): ReactElement {
  const t = useWords(words);
  const amounts = noShowConsequence(booking, useFees(place.id), place.currency);
  const give = useCommand('POST /v1/reservations/{id}/no-show', { again: BOOKING_READS });
  return (
    <ConfirmDialog
      title={t('no-show')}
      text={
        <span className="flex flex-col gap-1">
          <AmountsTold text={t('no-show-text')} free={t('no-show-free')} amounts={amounts} />
        </span>
      }
      action={t('no-show')}
      isOpen
      onClose={onClose}
      isBusy={give.isPending}
      onConfirm={() =>
        followUp(give.mutateAsync({ params: { id: booking.id }, body: {} }), () => {
          toast(t('no-show-done'));
          onClose();
        })
      }
    >
      <Refusal error={give.error} words={refusals} />
    </ConfirmDialog>
  );
}

const LATE_FIRST = 15;
const LATE_MAX = 240;

export function LateDialog({ booking, onClose }: BookingDialogProps): ReactElement {
  const t = useWords(words);
  const [minutes, setMinutes] = useState<number | null>(booking.lateMinutes ?? LATE_FIRST);
  const give = useCommand('POST /v1/reservations/{id}/mark-late', { again: BOOKING_READS });
  return (
    <ConfirmDialog
      title={t('late')}
      text={
        <NumberField
          label={t('late-minutes')}
          min={1}
          max={LATE_MAX}
          step={5}
          value={minutes}
          onChange={setMinutes}
        />
      }
      kind="primary"
      action={t('save')}
      isOpen
      onClose={onClose}
      isBusy={give.isPending}
      onConfirm={() => {
        if (minutes === null) return;
        followUp(give.mutateAsync({ params: { id: booking.id }, body: { minutes } }), () => {
          toast(t('late-done'));
          onClose();
        });
      }}
    >
      <Refusal error={give.error} words={refusals} />
    </ConfirmDialog>
  );
}

export function ContactDialog({ booking, onClose }: BookingDialogProps): ReactElement {
  const t = useWords(words);
  const { contact, note } = booking;
  const [value, setValue] = useState<ContactValue>({
    name: contact?.name ?? '',
    phone: contact?.phone ?? '',
    email: contact?.email ?? '',
    note: note ?? '',
    customerId: null,
  });
  const give = useCommand('POST /v1/reservations/{id}/change-contact', { again: BOOKING_READS });
  return (
    <Dialog
      title={t('contact')}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          isBusy={give.isPending}
          disabled={!isReachable(value)}
          onClick={() =>
            followUp(
              give.mutateAsync({
                params: { id: booking.id },
                ifMatch: booking.version,
                body: {
                  contact: contactOf(value),
                  note: value.note.trim() === '' ? null : value.note.trim(),
                },
              }),
              () => {
                toast(t('contact-done'));
                onClose();
              },
            )
          }
        >
          {t('save')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <ContactFields value={value} onChange={setValue} hasLookup={false} />
        <Refusal error={give.error} words={refusals} />
      </div>
    </Dialog>
  );
}
