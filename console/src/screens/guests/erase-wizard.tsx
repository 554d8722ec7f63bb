/**
 * Erases a person in steps: what will be destroyed, what stays and why, the name typed, the receipt.
 *
 *   what -> law -> confirm -- erase --> receipt (pending -> done)
 */
import { useState, type ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { Icon } from '../../design/icons.tsx';
import { Badge, Skeleton } from '../../design/marks.tsx';
import { Facts } from '../../design/page.tsx';
import { Moment, Mono } from '../../design/texts.tsx';
import { useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { saveFile } from '../today/save-file.ts';
import { EXPORT_PURPOSES, useExportPerson } from './export-person.ts';
import type { Guest } from './guest-types.ts';
import { words } from './words-guest.ts';

type Step = 'what' | 'law' | 'confirm';
const STEPS: readonly Step[] = ['what', 'law', 'confirm'];

/** What EraseWizard works with. */
function useEraseWizard({ guest }: { readonly guest: Guest; onClose(): void }) {
  const t = useWords(words);
  const [at, setAt] = useState(0);
  const [typed, setTyped] = useState('');
  const erase = useCommand('POST /v1/customers/{id}/erase', {
    again: ['GET /v1/customers/{id}', 'GET /v1/customers', 'GET /v1/guests/{id}/timeline'],
  });
  // A name of ten thousand characters cannot be typed again.
  const word = (guest.name ?? guest.id).slice(0, WORD_MAX).trim();
  const step = STEPS[at] ?? 'what';
  const title = t('erase-title', { name: guest.name ?? guest.id });
  return { t, at, setAt, typed, setTyped, erase, word, step, title };
}

function EraseWizardFooter({
  t,
  at,
  setAt,
  typed,
  erase,
  word,
  step,
  guest,
}: Pick<
  ReturnType<typeof useEraseWizard>,
  't' | 'at' | 'setAt' | 'typed' | 'erase' | 'word' | 'step'
> &
  Pick<Parameters<typeof EraseWizard>[0], 'guest'>): ReactElement {
  return (
    <>
      {at === 0 ? null : <Button onClick={() => setAt(at - 1)}>{t('back')}</Button>}
      {step === 'confirm' ? (
        <Button
          kind="danger"
          icon="trash"
          disabled={typed.trim() !== word}
          isBusy={erase.isPending}
          onClick={() => erase.mutate({ params: { id: guest.id } })}
        >
          {t('erase')}
        </Button>
      ) : (
        <Button kind="primary" onClick={() => setAt(at + 1)}>
          {t('next')}
        </Button>
      )}
    </>
  );
}

export function EraseWizard({
  guest,
  onClose,
}: {
  readonly guest: Guest;
  onClose(): void;
}): ReactElement {
  const { t, at, setAt, typed, setTyped, erase, word, step, title } = useEraseWizard({
    guest,
    onClose,
  });
  if (erase.data !== undefined)
    return <Receipt title={title} receiptId={erase.data.receiptId} onClose={onClose} />;
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      footer={
        <EraseWizardFooter
          t={t}
          at={at}
          setAt={setAt}
          typed={typed}
          erase={erase}
          word={word}
          step={step}
          guest={guest}
        />
      }
    >
      <div className="flex flex-col gap-4">
        <h3 className="text-14">{t(`step-${String(at + 1)}` as 'step-1')}</h3>
        {step === 'what' ? <Destroyed id={guest.id} /> : null}
        {step === 'law' ? (
          <>
            <p>{t('erase-law')}</p>
            <p className="text-muted">{t('erase-law-short')}</p>
          </>
        ) : null}
        {step === 'confirm' ? (
          <>
            <p className="flex gap-2 text-wine">
              <Icon name="warning" size={20} />
              {t('erase-final')}
            </p>
            <TextField
              label={word}
              autoFocus
              value={typed}
              onChange={setTyped}
              placeholder={word}
            />
          </>
        ) : null}
        <FailureNote error={erase.error} />
      </div>
    </Dialog>
  );
}

const WORD_MAX = 60;

function Destroyed({ id }: { readonly id: string }): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  const mayRead = allows(permissions, 'persons:read');
  const exportPerson = useExportPerson();
  const read = useRead(
    'GET /v1/persons/{id}/export',
    { params: { id }, headers: { purpose: EXPORT_PURPOSES.erasure } },
    { enabled: mayRead },
  );
  const { data } = read;
  return (
    <>
      <p>{t('erase-what')}</p>
      {mayRead ? (
        data === undefined ? (
          read.error === null ? (
            <Skeleton lines={2} />
          ) : (
            <FailureNote error={read.error} />
          )
        ) : (
          <ul className="flex flex-wrap gap-2">
            <li>
              <Badge tone="bad">{t('erase-events', { count: data.events.length })}</Badge>
            </li>
            <li>
              <Badge tone="bad">{t('erase-rows', { count: data.rows.length })}</Badge>
            </li>
            {data.deadLetters.length === 0 ? null : (
              <li>
                <Badge tone="bad">{t('erase-letters', { count: data.deadLetters.length })}</Badge>
              </li>
            )}
          </ul>
        )
      ) : (
        <p className="text-muted">{t('erase-no-count')}</p>
      )}
      {mayRead ? (
        <div>
          <Button icon="download" onClick={() => exportPerson(id)}>
            {t('erase-export')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** How often a pending erasure is looked at again. */
const LOOK_AGAIN_MS = 1000;

/** What Receipt works with. */
function useReceipt(props: {
  readonly title: string;
  readonly receiptId: string;
  onClose(): void;
}) {
  const t = useWords(words);
  const { title, receiptId, onClose } = props;
  const [isDone, setDone] = useState(false);
  const read = useRead(
    'GET /v1/persons/erasures/{receiptId}',
    { params: { receiptId } },
    isDone ? {} : { everyMs: LOOK_AGAIN_MS },
  );
  const receipt = read.data;
  return { t, title, receiptId, onClose, isDone, setDone, read, receipt };
}

function ReceiptFooter({
  t,
  receiptId,
  onClose,
  receipt,
}: Pick<ReturnType<typeof useReceipt>, 't' | 'receiptId' | 'onClose' | 'receipt'>): ReactElement {
  return (
    <>
      <Button
        icon="download"
        disabled={receipt === undefined}
        onClick={() =>
          saveFile({
            name: `erasure-${receiptId}.json`,
            type: 'application/json',
            text: JSON.stringify(receipt, null, 2),
          })
        }
      >
        {t('receipt-save')}
      </Button>
      <Button kind="primary" onClick={onClose}>
        {t('close')}
      </Button>
    </>
  );
}

function Receipt(props: {
  readonly title: string;
  readonly receiptId: string;
  onClose(): void;
}): ReactElement {
  const { t, title, receiptId, onClose, isDone, setDone, read, receipt } = useReceipt(props);
  if (receipt?.state === 'done' && !isDone) setDone(true);
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      footer={<ReceiptFooter t={t} receiptId={receiptId} onClose={onClose} receipt={receipt} />}
    >
      <div className="flex flex-col gap-4" aria-live="polite">
        <Badge tone={receipt?.state === 'done' ? 'good' : 'waiting'}>
          {receipt?.state === 'done' ? t('done') : t('receipt')}
        </Badge>
        {receipt?.state === 'done' ? null : <p>{t('pending')}</p>}
        <Facts
          facts={[
            [
              t('receipt-id'),
              <Mono key="id" copy>
                {receiptId}
              </Mono>,
            ],
            [t('asked-at'), <Moment key="asked" at={receipt?.requestedAt} />],
            [
              t('done-at'),
              receipt?.doneAt === null ? null : <Moment key="done" at={receipt?.doneAt} />,
            ],
          ]}
        />
        {receipt?.kept === null || receipt?.kept === undefined ? null : (
          <section className="flex flex-col gap-2">
            <h3 className="text-14">{t('kept')}</h3>
            {receipt.kept.map(({ what, why, until }) => (
              <div key={what} className="rounded-control border border-line p-3 text-13">
                <p className="font-medium">{what}</p>
                <p className="text-muted">{why}</p>
                <p className="text-muted">
                  {until === null ? t('always') : t('until', { date: until })}
                </p>
              </div>
            ))}
          </section>
        )}
        <FailureNote error={read.error} />
      </div>
    </Dialog>
  );
}
