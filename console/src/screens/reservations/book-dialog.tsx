/** Books a table: how many, when, who. When the start was taken meanwhile, others of the day are shown, or the waiting list. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField } from '../../design/fields.tsx';
import { DateField, NumberField, TimeField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { Refusal } from '../lists/refusal.tsx';
import type { Place } from './booking-types.ts';
import {
  ContactFields,
  contactOf,
  isReachable,
  NO_CONTACT,
  type ContactValue,
} from './contact-fields.tsx';
import { localMoment } from './day-plan.ts';
import { SlotPicker } from './slot-picker.tsx';
import { words } from './words-book.ts';
import { refusals } from './words-refusals.ts';

const SIZE_FIRST = 2;
const SIZE_MAX = 500;
const AREA_ANY = '*';

interface Asked {
  readonly date: string;
  readonly partySize: number;
  readonly areaId: string;
  readonly startsAt: string | null;
  readonly contact: ContactValue;
}

/** What BookDialog works with. */
function useBookDialog(props: {
  readonly place: Place;
  readonly date: string;
  onClose(): void;
  /** null for the waiting list. */
  onBooked(id: string | null): void;
}) {
  const t = useWords(words);
  const language = useLanguage();
  const { place, onClose, onBooked } = props;
  const [asked, setAsked] = useState<Asked>({
    date: props.date,
    partySize: SIZE_FIRST,
    areaId: AREA_ANY,
    startsAt: null,
    contact: NO_CONTACT,
  });
  const [isWaiting, setWaiting] = useState(false);
  const book = useCommand('POST /v1/reservations', {
    again: [
      'GET /v1/reservations',
      'GET /v1/reservations/availability',
      'GET /v1/reservations/days/{id}',
    ],
  });
  const { startsAt, contact } = asked;
  const give = (start: string): void => {
    const { areaId, partySize } = asked;
    book.mutate(
      {
        body: {
          locationId: place.id,
          startsAt: start,
          partySize,
          contact: contactOf(contact),
          ...(contact.customerId === null ? {} : { customerId: contact.customerId }),
          ...(contact.note.trim() === '' ? {} : { note: contact.note.trim() }),
          ...(areaId === AREA_ANY ? {} : { areaId }),
        },
      },
      {
        onSuccess: ({ id }) => {
          const time = formatMoment(start, language, {
            timeStyle: 'short',
            timeZone: place.timeZone,
          });
          toast(t('booked', { name: contact.name, time }));
          onBooked(id);
        },
      },
    );
  };
  return {
    t,
    place,
    onClose,
    onBooked,
    asked,
    setAsked,
    isWaiting,
    setWaiting,
    book,
    startsAt,
    contact,
    give,
  };
}

function BookDialogFooter({
  t,
  setWaiting,
  book,
  startsAt,
  contact,
  give,
}: Pick<
  ReturnType<typeof useBookDialog>,
  't' | 'setWaiting' | 'book' | 'startsAt' | 'contact' | 'give'
>): ReactElement {
  return (
    <>
      <Button onClick={() => setWaiting(true)}>{t('wait-instead')}</Button>
      <Button
        kind="primary"
        isBusy={book.isPending}
        disabled={startsAt === null || !isReachable(contact)}
        onClick={() => (startsAt === null ? undefined : give(startsAt))}
      >
        {t('book-it')}
      </Button>
    </>
  );
}

export function BookDialog(props: {
  readonly place: Place;
  readonly date: string;
  onClose(): void;
  /** null for the waiting list. */
  onBooked(id: string | null): void;
}): ReactElement {
  const {
    t,
    place,
    onClose,
    onBooked,
    asked,
    setAsked,
    isWaiting,
    setWaiting,
    book,
    startsAt,
    contact,
    give,
  } = useBookDialog(props);
  if (isWaiting)
    return (
      <WaitDialog place={place} asked={asked} onClose={onClose} onDone={() => onBooked(null)} />
    );
  return (
    <Dialog
      title={t('book')}
      isOpen
      onClose={onClose}
      size="wide"
      footer={
        <BookDialogFooter
          t={t}
          setWaiting={setWaiting}
          book={book}
          startsAt={startsAt}
          contact={contact}
          give={give}
        />
      }
    >
      <div className="flex flex-col gap-4">
        <Wishes place={place} asked={asked} onChange={setAsked} />
        <SlotPicker
          asked={{ ...asked, place, areaId: asked.areaId === AREA_ANY ? null : asked.areaId }}
          value={startsAt}
          onChange={(slot) => setAsked({ ...asked, startsAt: slot.startsAt })}
        />
        <ContactFields value={contact} onChange={(next) => setAsked({ ...asked, contact: next })} />
        {book.error?.code === 'SLOT_FULL' ? (
          <Alternatives
            place={place}
            startsAt={startsAt}
            starts={startsIn(book.error.details['alternatives'])}
            onPick={(start) => {
              setAsked({ ...asked, startsAt: start });
              give(start);
            }}
            onWait={() => setWaiting(true)}
          />
        ) : (
          <Refusal error={book.error} words={refusals} />
        )}
      </div>
    </Dialog>
  );
}

function Wishes(props: {
  readonly place: Place;
  readonly asked: Asked;
  onChange(asked: Asked): void;
}): ReactElement {
  const t = useWords(words);
  const { place, asked, onChange } = props;
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <NumberField
        label={t('size-label')}
        min={1}
        max={SIZE_MAX}
        value={asked.partySize}
        onChange={(partySize) => onChange({ ...asked, partySize: partySize ?? 0, startsAt: null })}
      />
      <DateField
        label={t('enq-date')}
        value={asked.date}
        onChange={(date) => onChange({ ...asked, date, startsAt: null })}
      />
      <SelectField
        label={t('area')}
        value={asked.areaId}
        onChange={(areaId) => onChange({ ...asked, areaId, startsAt: null })}
        options={[
          { value: AREA_ANY, label: t('any-area') },
          ...place.areas.map(({ areaId, name }) => ({ value: areaId, label: name })),
        ]}
      />
    </div>
  );
}

/** What a refusal tells, as texts. */
export function startsIn(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((each): each is string => typeof each === 'string')
    : [];
}

export function Alternatives(props: {
  readonly place: Place;
  readonly startsAt: string | null;
  readonly starts: readonly string[];
  onPick(start: string): void;
  onWait?(): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { place, startsAt, starts, onPick, onWait } = props;
  const clock = (start: string): string =>
    formatMoment(start, language, { timeStyle: 'short', timeZone: place.timeZone });
  return (
    <div
      role="alert"
      className="flex flex-col gap-2 rounded-card border border-brass bg-brass-soft p-3"
    >
      <p className="font-semibold">
        {t('full-title', { time: startsAt === null ? '–' : clock(startsAt) })}
      </p>
      <p>{starts.length === 0 ? t('full-none') : t('full-text')}</p>
      <div className="flex flex-wrap gap-2">
        {starts.map((start) => (
          <Button key={start} onClick={() => onPick(start)}>
            {clock(start)}
          </Button>
        ))}
        {onWait === undefined ? null : (
          <Button icon="clock" onClick={onWait}>
            {t('wait-instead')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What WaitDialog works with. */
function useWaitDialog(props: {
  readonly place: Place;
  readonly asked: Asked;
  onClose(): void;
  onDone(): void;
}) {
  const t = useWords(words);
  const { place, onClose, onDone } = props;
  const [asked, setAsked] = useState(props.asked);
  const [from, setFrom] = useState('19:00');
  const [to, setTo] = useState('21:00');
  const join = useCommand('POST /v1/reservations/waitlist', {
    again: ['GET /v1/reservations/waitlist', 'GET /v1/reservations/days/{id}'],
  });
  const { contact, date, partySize } = asked;
  const give = (): void =>
    join.mutate(
      {
        body: {
          locationId: place.id,
          from: localMoment(date, from, place.dayCutOff),
          to: localMoment(date, to, place.dayCutOff),
          partySize,
          contact: contactOf(contact),
          ...(contact.customerId === null ? {} : { customerId: contact.customerId }),
          ...(contact.note.trim() === '' ? {} : { note: contact.note.trim() }),
        },
      },
      {
        onSuccess: () => {
          toast(t('waiting', { name: contact.name }));
          onDone();
        },
      },
    );
  return { t, place, onClose, asked, setAsked, from, setFrom, to, setTo, join, contact, give };
}

function WaitDialog(props: {
  readonly place: Place;
  readonly asked: Asked;
  onClose(): void;
  onDone(): void;
}): ReactElement {
  const { t, place, onClose, asked, setAsked, from, setFrom, to, setTo, join, contact, give } =
    useWaitDialog(props);
  return (
    <Dialog
      title={t('wait-title')}
      isOpen
      onClose={onClose}
      size="wide"
      footer={
        <Button
          kind="primary"
          isBusy={join.isPending}
          disabled={!isReachable(contact) || from === '' || to === ''}
          onClick={give}
        >
          {t('wait-instead')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Wishes place={place} asked={asked} onChange={setAsked} />
        <div className="grid gap-3 sm:grid-cols-3">
          <TimeField label={t('wait-from')} value={from} onChange={setFrom} />
          <TimeField label={t('wait-to')} value={to} onChange={setTo} />
        </div>
        <ContactFields value={contact} onChange={(next) => setAsked({ ...asked, contact: next })} />
        <Refusal error={join.error} words={refusals} />
      </div>
    </Dialog>
  );
}
