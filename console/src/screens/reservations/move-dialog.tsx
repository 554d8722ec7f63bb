/** Another start, day or size. When there is no room the reservation keeps what it has. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { DateField, NumberField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { Refusal } from '../lists/refusal.tsx';
import { Alternatives, startsIn } from './alternatives.tsx';
import { BOOKING_READS, type BookingDialogProps } from './booking-dialog.ts';
import { SlotPicker } from './slot-picker.tsx';
import { words } from './words-book.ts';
import { refusals } from './words-refusals.ts';

/** What MoveDialog works with. */
function useMoveDialog({ booking, onClose }: BookingDialogProps) {
  const t = useWords(words);
  const [date, setDate] = useState(booking.day);
  const [partySize, setSize] = useState(booking.partySize);
  const [startsAt, setStart] = useState(booking.startsAt);
  const move = useCommand('POST /v1/reservations/{id}/change', { again: BOOKING_READS });
  const give = (start: string): void =>
    followUp(
      move.mutateAsync({
        params: { id: booking.id },
        body: {
          ...(start === booking.startsAt ? {} : { startsAt: start }),
          ...(partySize === booking.partySize ? {} : { partySize }),
        },
      }),
      () => {
        toast(t('moved'));
        onClose();
      },
    );
  const isSame = startsAt === booking.startsAt && partySize === booking.partySize;
  return { t, date, setDate, partySize, setSize, startsAt, setStart, move, give, isSame };
}

export function MoveDialog({ booking, place, onClose }: BookingDialogProps): ReactElement {
  const { t, date, setDate, partySize, setSize, startsAt, setStart, move, give, isSame } =
    useMoveDialog({ booking, place, onClose });
  return (
    <Dialog
      title={t('move')}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          isBusy={move.isPending}
          disabled={isSame || partySize < 1}
          onClick={() => give(startsAt)}
        >
          {t('move-it')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-3">
          <NumberField
            label={t('size-label')}
            min={1}
            value={partySize}
            onChange={(size) => setSize(size ?? 0)}
          />
          <DateField label={t('enq-date')} value={date} onChange={setDate} />
        </div>
        <SlotPicker
          asked={{ place, date, partySize, areaId: booking.areaId }}
          value={startsAt}
          onChange={(slot) => setStart(slot.startsAt)}
        />
        {move.error?.code === 'SLOT_FULL' ? (
          <Alternatives
            place={place}
            startsAt={startsAt}
            starts={startsIn(move.error.details['alternatives'])}
            onPick={(start) => {
              setStart(start);
              give(start);
            }}
          />
        ) : (
          <Refusal error={move.error} words={refusals} />
        )}
      </div>
    </Dialog>
  );
}
