/** Cancels a reservation: who does it decides whether a fee becomes due, and it is told before. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { useNow } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { Refusal } from '../lists/refusal.tsx';
import { AmountsTold } from './amounts-told.tsx';
import { BOOKING_READS, type BookingDialogProps } from './booking-dialog.ts';
import { cancelConsequence, type Consequence } from './fees.ts';
import { useFees } from './use-day.ts';
import { words } from './words-book.ts';
import { refusals } from './words-refusals.ts';

const CLOCK_MS = 10_000;
const REASON_MAX = 200;

export function CancelDialog({ booking, place, onClose }: BookingDialogProps): ReactElement {
  const t = useWords(words);
  const [by, setBy] = useState<'guest' | 'house'>('guest');
  const [reason, setReason] = useState('');
  const settings = useFees(place.id);
  const nowMs = useNow(CLOCK_MS);
  const cancel = useCommand('POST /v1/reservations/{id}/cancel', { again: BOOKING_READS });
  const consequence = cancelConsequence(booking, settings, { by, nowMs, currency: place.currency });
  return (
    <Dialog
      title={t('cancel')}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="danger"
          isBusy={cancel.isPending}
          onClick={() =>
            followUp(
              cancel.mutateAsync({
                params: { id: booking.id },
                body: { by, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) },
              }),
              () => {
                toast(t('cancelled'));
                onClose();
              },
            )
          }
        >
          {t('cancel-it')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <SelectField
          label={t('cancel-by')}
          value={by}
          onChange={setBy}
          options={[
            { value: 'guest', label: t('by-guest') },
            { value: 'house', label: t('by-house') },
          ]}
        />
        <FeeTold by={by} booking={booking} consequence={consequence} />
        <TextField
          label={t('reason')}
          hint={t('reason-hint')}
          maxLength={REASON_MAX}
          value={reason}
          onChange={setReason}
        />
        <Refusal error={cancel.error} words={refusals} />
      </div>
    </Dialog>
  );
}

function FeeTold({
  by,
  booking,
  consequence,
}: Pick<BookingDialogProps, 'booking'> & {
  readonly by: 'guest' | 'house';
  readonly consequence: Consequence;
}): ReactElement {
  const t = useWords(words);
  const { isLate, fee, kept, back } = consequence;
  const isConfirmed = booking.status === 'confirmed';
  const free = by === 'house' ? 'cancel-house' : isConfirmed ? 'cancel-free' : 'cancel-unconfirmed';
  return (
    <div
      aria-live="polite"
      className={`flex flex-col gap-1 rounded-control border px-3 py-2 ${fee === null && kept === null ? 'border-line bg-sunken' : 'border-brass bg-brass-soft'}`}
    >
      {isLate ? (
        <AmountsTold text={t('cancel-late')} free={t('cancel-late-free')} amounts={consequence} />
      ) : back === null ? (
        <span>{t(free)}</span>
      ) : (
        <AmountsTold text={null} free={null} amounts={consequence} />
      )}
    </div>
  );
}
