/** How many come, on which day, and in which part of the house. */
import type { ReactElement } from 'react';
import { SelectField } from '../../design/fields.tsx';
import { DateField, NumberField } from '../../design/number-fields.tsx';
import { useWords } from '../../words/language.ts';
import type { Place } from './booking-types.ts';
import { contactOf, NO_CONTACT, type ContactValue } from './contact-fields.tsx';
import { words } from './words-book.ts';

const SIZE_FIRST = 2;
const SIZE_MAX = 500;
export const AREA_ANY = '*';

export interface Asked {
  readonly date: string;
  readonly partySize: number;
  readonly areaId: string;
  readonly startsAt: string | null;
  readonly contact: ContactValue;
}

export function askedFirst(date: string): Asked {
  return {
    date,
    partySize: SIZE_FIRST,
    areaId: AREA_ANY,
    startsAt: null,
    contact: NO_CONTACT,
  };
}

/** What a reservation and an entry of the waiting list have in common, as the interface takes it. */
export function wishOf(place: Place, { partySize, contact }: Asked) {
  return {
    locationId: place.id,
    partySize,
    contact: contactOf(contact),
    ...(contact.customerId === null ? {} : { customerId: contact.customerId }),
    ...(contact.note.trim() === '' ? {} : { note: contact.note.trim() }),
  };
}

export function Wishes(props: {
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
