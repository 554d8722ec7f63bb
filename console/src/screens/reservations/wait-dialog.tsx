/** Puts a party on the waiting list of a day, with what was asked for when nothing was free. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TimeField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { Refusal } from '../lists/refusal.tsx';
import type { Place } from './booking-types.ts';
import { ContactFields, isReachable } from './contact-fields.tsx';
import { localMoment } from './day-plan.ts';
import { Wishes, wishOf, type Asked } from './wishes.tsx';
import { words } from './words-book.ts';
import { refusals } from './words-refusals.ts';

export function WaitDialog(props: {
  readonly place: Place;
  readonly asked: Asked;
  onAsked(asked: Asked): void;
  onClose(): void;
  onDone(): void;
}): ReactElement {
  const t = useWords(words);
  const { place, asked, onAsked, onClose, onDone } = props;
  const [from, setFrom] = useState('19:00');
  const [to, setTo] = useState('21:00');
  const join = useCommand('POST /v1/reservations/waitlist', {
    again: ['GET /v1/reservations/waitlist', 'GET /v1/reservations/days/{id}'],
  });
  const { contact, date } = asked;
  const give = (): void => {
    const at = (time: string): string => localMoment(date, time, place.dayCutOff);
    followUp(
      join.mutateAsync({ body: { ...wishOf(place, asked), from: at(from), to: at(to) } }),
      () => {
        toast(t('waiting', { name: contact.name }));
        onDone();
      },
    );
  };
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
        <Wishes place={place} asked={asked} onChange={onAsked} />
        <div className="grid gap-3 sm:grid-cols-3">
          <TimeField label={t('wait-from')} value={from} onChange={setFrom} />
          <TimeField label={t('wait-to')} value={to} onChange={setTo} />
        </div>
        <ContactFields value={contact} onChange={(next) => onAsked({ ...asked, contact: next })} />
        <Refusal error={join.error} words={refusals} />
      </div>
    </Dialog>
  );
}
