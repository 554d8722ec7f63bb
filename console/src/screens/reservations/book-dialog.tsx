/** Books a table: how many, when, who. When the start was taken meanwhile, others of the day are shown, or the waiting list. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { Refusal } from '../lists/refusal.tsx';
import { Alternatives, startsIn } from './alternatives.tsx';
import type { Place } from './booking-types.ts';
import { ContactFields, isReachable } from './contact-fields.tsx';
import { SlotPicker } from './slot-picker.tsx';
import { WaitDialog } from './wait-dialog.tsx';
import { AREA_ANY, askedFirst, Wishes, wishOf, type Asked } from './wishes.tsx';
import { words } from './words-book.ts';
import { refusals } from './words-refusals.ts';

/** What was asked for stays when the party goes on the waiting list instead. */
export function BookDialog(props: {
  readonly place: Place;
  readonly date: string;
  onClose(): void;
  /** null for the waiting list. */
  onBooked(id: string | null): void;
}): ReactElement {
  const { place, date, onClose, onBooked } = props;
  const [asked, setAsked] = useState(() => askedFirst(date));
  const [isWaiting, setWaiting] = useState(false);
  const shared = { place, asked, onAsked: setAsked, onClose };
  if (isWaiting) return <WaitDialog {...shared} onDone={() => onBooked(null)} />;
  return <TableDialog {...shared} onBooked={onBooked} onWait={() => setWaiting(true)} />;
}

function useBook(place: Place, onBooked: (id: string) => void) {
  const t = useWords(words);
  const language = useLanguage();
  const book = useCommand('POST /v1/reservations', {
    again: [
      'GET /v1/reservations',
      'GET /v1/reservations/availability',
      'GET /v1/reservations/days/{id}',
    ],
  });
  const give = (asked: Asked, startsAt: string): void => {
    const area = asked.areaId === AREA_ANY ? {} : { areaId: asked.areaId };
    book.mutate(
      { body: { ...wishOf(place, asked), ...area, startsAt } },
      {
        onSuccess: ({ id }) => {
          const time = formatMoment(startsAt, language, {
            timeStyle: 'short',
            timeZone: place.timeZone,
          });
          toast(t('booked', { name: asked.contact.name, time }));
          onBooked(id);
        },
      },
    );
  };
  /** The start that was asked for last: another one may be chosen by now. */
  const tried = book.variables?.body?.startsAt ?? null;
  return { isBusy: book.isPending, error: book.error, tried, give };
}

function TableDialog(props: {
  readonly place: Place;
  readonly asked: Asked;
  onAsked(asked: Asked): void;
  onClose(): void;
  onBooked(id: string): void;
  onWait(): void;
}): ReactElement {
  const t = useWords(words);
  const { place, asked, onAsked, onClose, onBooked, onWait } = props;
  const { isBusy, error, tried, give } = useBook(place, onBooked);
  const { startsAt, contact, areaId } = asked;
  const pick = (start: string): void => {
    onAsked({ ...asked, startsAt: start });
    give(asked, start);
  };
  return (
    <Dialog
      title={t('book')}
      isOpen
      onClose={onClose}
      size="wide"
      footer={
        <>
          <Button onClick={onWait}>{t('wait-instead')}</Button>
          <Button
            kind="primary"
            isBusy={isBusy}
            disabled={startsAt === null || !isReachable(contact)}
            onClick={() => (startsAt === null ? undefined : give(asked, startsAt))}
          >
            {t('book-it')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Wishes place={place} asked={asked} onChange={onAsked} />
        <SlotPicker
          asked={{ ...asked, place, areaId: areaId === AREA_ANY ? null : areaId }}
          value={startsAt}
          onChange={(slot) => onAsked({ ...asked, startsAt: slot.startsAt })}
        />
        <ContactFields value={contact} onChange={(next) => onAsked({ ...asked, contact: next })} />
        {error?.code === 'SLOT_FULL' ? (
          <Alternatives
            place={place}
            startsAt={tried}
            starts={startsIn(error.details['alternatives'])}
            onPick={pick}
            onWait={onWait}
          />
        ) : (
          <Refusal error={error} words={refusals} />
        )}
      </div>
    </Dialog>
  );
}
