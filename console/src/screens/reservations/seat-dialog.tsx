/** Seats a party: at the tables kept for it, or at others. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { Dialog } from '../../design/dialogs.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { Refusal } from '../lists/refusal.tsx';
import { BOOKING_READS, type BookingDialogProps } from './booking-dialog.ts';
import type { Place } from './booking-types.ts';
import { words as dayWords } from './words.ts';
import { words } from './words-book.ts';
import { refusals } from './words-refusals.ts';

export function SeatDialog({ booking, place, onClose }: BookingDialogProps): ReactElement {
  const t = useWords(words);
  const [tableIds, setTables] = useState<readonly string[]>(booking.tableIds);
  const seat = useCommand('POST /v1/reservations/{id}/seat', { again: BOOKING_READS });
  const seats = place.tables
    .filter((table) => tableIds.includes(table.tableId))
    .reduce((sum, table) => sum + table.seats, 0);
  const name = booking.contact?.name ?? '–';
  return (
    <Dialog
      title={t('seat-title')}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          isBusy={seat.isPending}
          disabled={tableIds.length === 0}
          onClick={() =>
            followUp(seat.mutateAsync({ params: { id: booking.id }, body: { tableIds } }), () => {
              toast(t('seated-done', { name }));
              onClose();
            })
          }
        >
          {t('seat')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-muted">{t('seat-text')}</p>
        <TablePicker place={place} value={tableIds} onChange={setTables} />
        {seats < booking.partySize && tableIds.length > 0 ? (
          <p className="text-brass-text">{t('too-few', { seats, count: booking.partySize })}</p>
        ) : null}
        <Refusal error={seat.error} words={refusals} />
      </div>
    </Dialog>
  );
}

export function TablePicker(props: {
  readonly place: Place;
  readonly value: readonly string[];
  onChange(value: readonly string[]): void;
}): ReactElement {
  const td = useWords(dayWords);
  const { place, value, onChange } = props;
  return (
    <div className="flex flex-col gap-3">
      {place.areas.map(({ areaId, name }) => (
        <fieldset key={areaId} className="min-w-0">
          <legend dir="auto" className="pb-1 text-13 text-muted">
            {name}
          </legend>
          <div className="grid grid-cols-[repeat(auto-fill,minmax(84px,1fr))] gap-1.5">
            {place.tables
              .filter((table) => table.areaId === areaId)
              .map(({ tableId, name: table, seats }) => {
                const isChosen = value.includes(tableId);
                return (
                  <button
                    key={tableId}
                    type="button"
                    aria-pressed={isChosen}
                    onClick={() =>
                      onChange(
                        isChosen ? value.filter((id) => id !== tableId) : [...value, tableId],
                      )
                    }
                    className={classes(
                      'flex h-14 min-w-0 flex-col items-center justify-center rounded-control border px-1',
                      isChosen
                        ? 'border-brand bg-brand-soft text-brand'
                        : 'border-control bg-raised hover:bg-sunken',
                    )}
                  >
                    <span dir="auto" className="max-w-full truncate font-semibold">
                      {table}
                    </span>
                    <span className="text-12">{td('seats', { count: seats })}</span>
                  </button>
                );
              })}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
