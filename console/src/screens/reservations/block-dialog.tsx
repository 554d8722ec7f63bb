/** Keeps tables or whole areas from being reserved for a while. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { TimeField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { Refusal } from '../lists/refusal.tsx';
import type { Place } from './booking-types.ts';
import { localMoment } from './day-plan.ts';
import { TablePicker } from './seat-dialog.tsx';
import { words } from './words-book.ts';
import { refusals } from './words-refusals.ts';

/** What BlockDialog works with. */
function useBlockDialog(props: { readonly place: Place; readonly date: string; onClose(): void }) {
  const t = useWords(words);
  const { place, date, onClose } = props;
  const [from, setFrom] = useState('12:00');
  const [to, setTo] = useState('23:00');
  const [reason, setReason] = useState('');
  const [tableIds, setTables] = useState<readonly string[]>([]);
  const block = useCommand('POST /v1/reservations/days', {
    again: ['GET /v1/reservations/days/{id}', 'GET /v1/reservations/availability'],
  });
  const give = (): void =>
    followUp(
      block.mutateAsync({
        body: {
          locationId: place.id,
          from: localMoment(date, from, place.dayCutOff),
          to: localMoment(date, to, place.dayCutOff),
          tableIds,
          reason: reason.trim(),
        },
      }),
      () => {
        toast(t('block-done'));
        onClose();
      },
    );
  return {
    t,
    place,
    onClose,
    from,
    setFrom,
    to,
    setTo,
    reason,
    setReason,
    tableIds,
    setTables,
    block,
    give,
  };
}

function BlockDialogFooter({
  t,
  from,
  to,
  reason,
  tableIds,
  block,
  give,
}: Pick<
  ReturnType<typeof useBlockDialog>,
  't' | 'from' | 'to' | 'reason' | 'tableIds' | 'block' | 'give'
>): ReactElement {
  return (
    <Button
      kind="primary"
      isBusy={block.isPending}
      disabled={tableIds.length === 0 || reason.trim() === '' || from === '' || to === ''}
      onClick={give}
    >
      {t('block-it')}
    </Button>
  );
}

function WholeAreas({
  t,
  place,
  tableIds,
  setTables,
}: Pick<
  ReturnType<typeof useBlockDialog>,
  't' | 'place' | 'tableIds' | 'setTables'
>): ReactElement {
  return (
    <div className="flex flex-wrap gap-2">
      {place.areas.map(({ areaId, name }) => (
        <Button
          key={areaId}
          size="compact"
          onClick={() =>
            setTables([
              ...new Set([
                ...tableIds,
                ...place.tables
                  .filter((table) => table.areaId === areaId)
                  .map(({ tableId }) => tableId),
              ]),
            ])
          }
        >
          {t('all-of', { area: name })}
        </Button>
      ))}
    </div>
  );
}

export function BlockDialog(props: {
  readonly place: Place;
  readonly date: string;
  onClose(): void;
}): ReactElement {
  const {
    t,
    place,
    onClose,
    from,
    setFrom,
    to,
    setTo,
    reason,
    setReason,
    tableIds,
    setTables,
    block,
    give,
  } = useBlockDialog(props);
  return (
    <Dialog
      title={t('block-title')}
      isOpen
      onClose={onClose}
      footer={
        <BlockDialogFooter
          t={t}
          from={from}
          to={to}
          reason={reason}
          tableIds={tableIds}
          block={block}
          give={give}
        />
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-muted">{t('block-text')}</p>
        <div className="grid grid-cols-2 gap-3">
          <TimeField label={t('block-from')} value={from} onChange={setFrom} />
          <TimeField label={t('block-to')} value={to} onChange={setTo} />
        </div>
        <TextField
          label={t('reason')}
          required
          maxLength={200}
          value={reason}
          onChange={setReason}
        />
        <WholeAreas t={t} place={place} tableIds={tableIds} setTables={setTables} />
        <TablePicker place={place} value={tableIds} onChange={setTables} />
        <Refusal error={block.error} words={refusals} />
      </div>
    </Dialog>
  );
}
