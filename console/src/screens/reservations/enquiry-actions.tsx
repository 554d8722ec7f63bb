/** Answers, accepts, declines an enquiry. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextAreaField, TextField } from '../../design/fields.tsx';
import { MoneyField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import type { Money } from '../../words/format.ts';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { Refusal } from '../lists/refusal.tsx';
import type { Currency } from '../order/order-types.ts';
import { useLocations } from '../floor/locations.ts';
import type { EnquiryRow } from './booking-types.ts';
import { useMay } from '../lists/use-limits.ts';
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
    followUp(
      answer.mutateAsync({
        params: { id: row.id },
        body: {
          // safe because the field keeps the currency of the location, which is one of these
          offer: offer as { amount: number; currency: Currency } | null,
          ...(text.trim() === '' ? {} : { text: text.trim() }),
        },
      }),
      () => {
        toast(t('enq-done'));
        onClose();
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
            followUp(
              decline.mutateAsync({ params: { id }, body: { reason: reason.trim() } }),
              () => {
                toast(t('enq-done'));
                onClose();
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
