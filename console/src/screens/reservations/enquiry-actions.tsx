/** Answers, accepts, declines an enquiry; writes one down. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextAreaField, TextField } from '../../design/fields.tsx';
import { DateField, MoneyField, NumberField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import type { Money } from '../../words/format.ts';
import { useWords } from '../../words/language.ts';
import { Refusal } from '../lists/refusal.tsx';
import type { Currency } from '../order/order-types.ts';
import { useLocations } from '../floor/locations.ts';
import type { EnquiryRow, Place } from './booking-types.ts';
import { ContactFields, contactOf, isReachable, NO_CONTACT } from './contact-fields.tsx';
import { useMay } from './use-day.ts';
import { words as dayWords } from './words.ts';
import { words } from './words-book.ts';
import { refusals } from './words-refusals.ts';

const AGAIN = ['GET /v1/reservations/enquiries', 'GET /v1/reservations/enquiries/{id}'] as const;
const TEXT_MAX = 1000;

export function EnquiryActions({ row }: { readonly row: EnquiryRow }): ReactElement | null {
  const t = useWords(words);
  const td = useWords(dayWords);
  const may = useMay()('reservations:book');
  const [open, setOpen] = useState<'answer' | 'decline' | null>(null);
  const accept = useCommand('POST /v1/reservations/enquiries/{id}/accept', { again: AGAIN });
  const withdraw = useCommand('POST /v1/reservations/enquiries/{id}/withdraw', { again: AGAIN });
  const limits = { disabled: may !== 'yes', reason: may === 'yes' ? undefined : td(may) };
  const params = { id: row.id };
  const said = { onSuccess: () => toast(t('enq-done')) };
  if (row.status !== 'new' && row.status !== 'answered') return null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        <Button
          kind={row.status === 'new' ? 'primary' : 'quiet'}
          icon="send"
          {...limits}
          onClick={() => setOpen('answer')}
        >
          {td('enq-answer')}
        </Button>
        {row.status === 'answered' ? (
          <Button
            kind="primary"
            icon="check"
            {...limits}
            isBusy={accept.isPending}
            onClick={() => accept.mutate({ params, body: {} }, said)}
          >
            {td('enq-accept')}
          </Button>
        ) : null}
        <Button
          {...limits}
          isBusy={withdraw.isPending}
          onClick={() => withdraw.mutate({ params, body: {} }, said)}
        >
          {td('enq-withdraw')}
        </Button>
        <Button {...limits} onClick={() => setOpen('decline')}>
          {td('enq-decline')}
        </Button>
      </div>
      <Refusal error={accept.error ?? withdraw.error} words={refusals} />
      {open === 'answer' ? <AnswerDialog row={row} onClose={() => setOpen(null)} /> : null}
      {open === 'decline' ? <DeclineDialog id={row.id} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}

function AnswerDialog({
  row,
  onClose,
}: {
  readonly row: EnquiryRow;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const td = useWords(dayWords);
  const { here } = useLocations();
  const [offer, setOffer] = useState<Money | null>(row.offer ?? row.budget);
  const [text, setText] = useState('');
  const answer = useCommand('POST /v1/reservations/enquiries/{id}/answer', { again: AGAIN });
  const give = (): void =>
    answer.mutate(
      {
        params: { id: row.id },
        body: {
          // safe because the field keeps the currency of the location, which is one of these
          offer: offer as { amount: number; currency: Currency } | null,
          ...(text.trim() === '' ? {} : { text: text.trim() }),
        },
      },
      {
        onSuccess: () => {
          toast(t('enq-done'));
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={td('enq-answer')}
      isOpen
      onClose={onClose}
      footer={
        <Button kind="primary" isBusy={answer.isPending} onClick={give}>
          {t('save')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <MoneyField
          label={t('enq-offer')}
          value={offer}
          currency={here?.currency}
          onChange={setOffer}
        />
        <TextAreaField
          label={t('enq-text')}
          rows={5}
          maxLength={TEXT_MAX}
          value={text}
          onChange={setText}
        />
        <Refusal error={answer.error} words={refusals} />
      </div>
    </Dialog>
  );
}

function DeclineDialog({ id, onClose }: { readonly id: string; onClose(): void }): ReactElement {
  const t = useWords(words);
  const td = useWords(dayWords);
  const [reason, setReason] = useState('');
  const decline = useCommand('POST /v1/reservations/enquiries/{id}/decline', { again: AGAIN });
  return (
    <Dialog
      title={td('enq-decline')}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <Button
          kind="danger"
          isBusy={decline.isPending}
          disabled={reason.trim() === ''}
          onClick={() =>
            decline.mutate(
              { params: { id }, body: { reason: reason.trim() } },
              {
                onSuccess: () => {
                  toast(t('enq-done'));
                  onClose();
                },
              },
            )
          }
        >
          {td('enq-decline')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          label={t('reason')}
          required
          value={reason}
          maxLength={200}
          onChange={setReason}
        />
        <Refusal error={decline.error} words={refusals} />
      </div>
    </Dialog>
  );
}

/** What EnquiryDialog works with. */
function useEnquiryDialog({ place, onClose }: { readonly place: Place; onClose(): void }) {
  const t = useWords(words);
  const td = useWords(dayWords);
  const [date, setDate] = useState('');
  const [guests, setGuests] = useState<number | null>(20);
  const [budget, setBudget] = useState<Money | null>(null);
  const [packageName, setPackage] = useState('');
  const [message, setMessage] = useState('');
  const [contact, setContact] = useState(NO_CONTACT);
  const send = useCommand('POST /v1/reservations/enquiries', { again: AGAIN });
  const give = (): void =>
    send.mutate(
      {
        body: {
          locationId: place.id,
          date,
          guests: guests ?? 1,
          contact: contactOf(contact),
          ...(packageName.trim() === '' ? {} : { packageName: packageName.trim() }),
          ...(message.trim() === '' ? {} : { message: message.trim() }),
          // safe because the field keeps the currency of the location, which is one of these
          ...(budget === null ? {} : { budget: budget as { amount: number; currency: Currency } }),
        },
      },
      {
        onSuccess: () => {
          toast(t('enq-done'));
          onClose();
        },
      },
    );
  return {
    t,
    td,
    date,
    setDate,
    guests,
    setGuests,
    budget,
    setBudget,
    packageName,
    setPackage,
    message,
    setMessage,
    contact,
    setContact,
    send,
    give,
  };
}

function EnquiryDialogFooter({
  t,
  date,
  contact,
  send,
  give,
}: Pick<
  ReturnType<typeof useEnquiryDialog>,
  't' | 'date' | 'contact' | 'send' | 'give'
>): ReactElement {
  return (
    <Button
      kind="primary"
      isBusy={send.isPending}
      disabled={date === '' || !isReachable(contact)}
      onClick={give}
    >
      {t('enq-send')}
    </Button>
  );
}

function EnquiryDate({
  t,
  date,
  setDate,
  guests,
  setGuests,
  budget,
  setBudget,
  place,
}: Pick<
  Parameters<typeof EnquiryDialogBody>[0],
  't' | 'date' | 'setDate' | 'guests' | 'setGuests' | 'budget' | 'setBudget' | 'place'
>): ReactElement {
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <DateField label={t('enq-date')} required value={date} onChange={setDate} />
      <NumberField label={t('size-label')} min={1} max={500} value={guests} onChange={setGuests} />
      <MoneyField
        label={t('enq-budget')}
        value={budget}
        currency={place.currency}
        onChange={setBudget}
      />
    </div>
  );
}

function EnquiryDialogBody({
  t,
  date,
  setDate,
  guests,
  setGuests,
  budget,
  setBudget,
  packageName,
  setPackage,
  message,
  setMessage,
  contact,
  setContact,
  send,
  place,
}: Pick<
  ReturnType<typeof useEnquiryDialog>,
  | 't'
  | 'date'
  | 'setDate'
  | 'guests'
  | 'setGuests'
  | 'budget'
  | 'setBudget'
  | 'packageName'
  | 'setPackage'
  | 'message'
  | 'setMessage'
  | 'contact'
  | 'setContact'
  | 'send'
> &
  Pick<Parameters<typeof EnquiryDialog>[0], 'place'>): ReactElement {
  return (
    <div className="flex flex-col gap-4">
      <EnquiryDate
        t={t}
        date={date}
        setDate={setDate}
        guests={guests}
        setGuests={setGuests}
        budget={budget}
        setBudget={setBudget}
        place={place}
      />
      <ContactFields value={contact} onChange={setContact} hasNote={false} />
      <TextField
        label={t('enq-package')}
        value={packageName}
        maxLength={100}
        onChange={setPackage}
      />
      <TextAreaField
        label={t('enq-message')}
        value={message}
        maxLength={TEXT_MAX}
        onChange={setMessage}
      />
      <Refusal error={send.error} words={refusals} />
    </div>
  );
}

export function EnquiryDialog({
  place,
  onClose,
}: {
  readonly place: Place;
  onClose(): void;
}): ReactElement {
  const {
    t,
    td,
    date,
    setDate,
    guests,
    setGuests,
    budget,
    setBudget,
    packageName,
    setPackage,
    message,
    setMessage,
    contact,
    setContact,
    send,
    give,
  } = useEnquiryDialog({ place, onClose });
  return (
    <Dialog
      title={td('enq-write')}
      isOpen
      onClose={onClose}
      size="wide"
      footer={<EnquiryDialogFooter t={t} date={date} contact={contact} send={send} give={give} />}
    >
      <EnquiryDialogBody
        t={t}
        date={date}
        setDate={setDate}
        guests={guests}
        setGuests={setGuests}
        budget={budget}
        setBudget={setBudget}
        packageName={packageName}
        setPackage={setPackage}
        message={message}
        setMessage={setMessage}
        contact={contact}
        setContact={setContact}
        send={send}
        place={place}
      />
    </Dialog>
  );
}
