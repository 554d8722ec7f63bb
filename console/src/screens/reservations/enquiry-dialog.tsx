/** Writes down an enquiry that came by phone or at the door. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextAreaField, TextField } from '../../design/fields.tsx';
import { DateField, MoneyField, NumberField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import type { Money } from '../../words/format.ts';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { Refusal } from '../lists/refusal.tsx';
import type { Currency } from '../order/order-types.ts';
import type { Place } from './booking-types.ts';
import {
  ContactFields,
  contactOf,
  isReachable,
  NO_CONTACT,
  type ContactValue,
} from './contact-fields.tsx';
import { words as dayWords } from './words.ts';
import { words } from './words-book.ts';
import { refusals } from './words-refusals.ts';

const GUESTS_FIRST = 20;
const GUESTS_MAX = 500;
const TEXT_MAX = 1000;

interface Draft {
  readonly date: string;
  readonly guests: number | null;
  readonly budget: Money | null;
  readonly packageName: string;
  readonly message: string;
  readonly contact: ContactValue;
}

const EMPTY: Draft = {
  date: '',
  guests: GUESTS_FIRST,
  budget: null,
  packageName: '',
  message: '',
  contact: NO_CONTACT,
};

/** As the interface takes it: only what was given. */
function enquiryOf(place: Place, draft: Draft) {
  const { date, guests, budget, contact } = draft;
  const [packageName, message] = [draft.packageName.trim(), draft.message.trim()];
  return {
    locationId: place.id,
    date,
    guests: guests ?? 1,
    contact: contactOf(contact),
    ...(packageName === '' ? {} : { packageName }),
    ...(message === '' ? {} : { message }),
    // safe because the field keeps the currency of the location, which is one of these
    ...(budget === null ? {} : { budget: budget as { amount: number; currency: Currency } }),
  };
}

export function EnquiryDialog({
  place,
  onClose,
}: {
  readonly place: Place;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const td = useWords(dayWords);
  const [draft, setDraft] = useState(EMPTY);
  const send = useCommand('POST /v1/reservations/enquiries', {
    again: ['GET /v1/reservations/enquiries', 'GET /v1/reservations/enquiries/{id}'],
  });
  const give = (): void =>
    followUp(send.mutateAsync({ body: enquiryOf(place, draft) }), () => {
      toast(t('enq-done'));
      onClose();
    });
  return (
    <Dialog
      title={td('enq-write')}
      isOpen
      onClose={onClose}
      size="wide"
      footer={
        <Button
          kind="primary"
          isBusy={send.isPending}
          disabled={draft.date === '' || !isReachable(draft.contact)}
          onClick={give}
        >
          {t('enq-send')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Occasion place={place} draft={draft} onChange={setDraft} />
        <ContactFields
          value={draft.contact}
          onChange={(contact) => setDraft({ ...draft, contact })}
          hasNote={false}
        />
        <Wanted draft={draft} onChange={setDraft} />
        <Refusal error={send.error} words={refusals} />
      </div>
    </Dialog>
  );
}

/** When, how many, for how much. */
function Occasion(props: {
  readonly place: Place;
  readonly draft: Draft;
  onChange(draft: Draft): void;
}): ReactElement {
  const t = useWords(words);
  const { place, draft, onChange } = props;
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <DateField
        label={t('enq-date')}
        required
        value={draft.date}
        onChange={(date) => onChange({ ...draft, date })}
      />
      <NumberField
        label={t('size-label')}
        min={1}
        max={GUESTS_MAX}
        value={draft.guests}
        onChange={(guests) => onChange({ ...draft, guests })}
      />
      <MoneyField
        label={t('enq-budget')}
        value={draft.budget}
        currency={place.currency}
        onChange={(budget) => onChange({ ...draft, budget })}
      />
    </div>
  );
}

function Wanted({
  draft,
  onChange,
}: {
  readonly draft: Draft;
  onChange(draft: Draft): void;
}): ReactElement {
  const t = useWords(words);
  return (
    <>
      <TextField
        label={t('enq-package')}
        value={draft.packageName}
        maxLength={100}
        onChange={(packageName) => onChange({ ...draft, packageName })}
      />
      <TextAreaField
        label={t('enq-message')}
        value={draft.message}
        maxLength={TEXT_MAX}
        onChange={(message) => onChange({ ...draft, message })}
      />
    </>
  );
}
