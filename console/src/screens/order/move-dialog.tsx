/** Moves an order to another table, or merges it into another open bill. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField } from '../../design/fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import type { PlanTable } from '../floor/floor-state.ts';
import { FailureNote } from './failure-note.tsx';
import { billNumber, type OrderRow, type OrderView } from './order-types.ts';
import type { SplitDialogProps } from './split-dialog.tsx';
import { useGive } from './use-give.ts';
import { words } from './words-pay.ts';

export interface MoveDialogProps extends SplitDialogProps {
  readonly tables: readonly PlanTable[];
}

export function MoveDialog({ order, others, tables, onClose }: MoveDialogProps): ReactElement {
  const t = useWords(words);
  const navigate = useNavigate();
  const { give, isBusy, error } = useGive();
  const label = { key: 'change', values: { number: billNumber(order) } };
  const params = { id: order.id };
  const move = async (tableId: string | null): Promise<void> => {
    const given = await give({
      operation: 'POST /v1/orders/{id}/move',
      params,
      body: { tableId },
      label,
    });
    if (given === null) return;
    const table = tables.find((each) => each.tableId === tableId)?.name ?? t('no-table');
    if (given.kind === 'done') toast(t('moved-to', { table }));
    onClose();
  };
  const merge = async (intoOrderId: string): Promise<void> => {
    const given = await give({
      operation: 'POST /v1/orders/{id}/merge',
      params,
      body: { intoOrderId },
      label,
    });
    if (given === null) return;
    if (given.kind === 'done') {
      toast(t('merged-done'));
      void navigate({ to: `/order/${intoOrderId}`, replace: true });
    }
    onClose();
  };
  return (
    <Dialog title={t('move-title', { number: billNumber(order) })} isOpen onClose={onClose}>
      <div className="flex flex-col gap-5">
        <ToTable
          order={order}
          tables={tables}
          isBusy={isBusy}
          onMove={(tableId) => void move(tableId)}
        />
        <MergeInto
          others={others}
          tables={tables}
          isBusy={isBusy}
          onMerge={(id) => void merge(id)}
        />
        <FailureNote error={error} />
      </div>
    </Dialog>
  );
}

function ToTable(props: {
  readonly order: OrderView;
  readonly tables: readonly PlanTable[];
  readonly isBusy: boolean;
  onMove(tableId: string | null): void;
}): ReactElement {
  const t = useWords(words);
  const { order, tables, isBusy, onMove } = props;
  const [tableId, setTableId] = useState('');
  const free = tables.filter((table) => table.tableId !== order.tableId);
  return (
    <div className="flex items-end gap-2">
      <SelectField
        className="flex-1"
        label={t('to-table')}
        value={tableId}
        onChange={setTableId}
        options={[
          ...(order.tableId === null ? [] : [{ value: '-', label: t('no-table') }]),
          ...free.map((table) => ({
            value: table.tableId,
            label: `${table.name} · ${table.seats}`,
          })),
        ]}
      />
      <Button
        kind="primary"
        isBusy={isBusy}
        disabled={tableId === ''}
        onClick={() => onMove(tableId === '-' ? null : tableId)}
      >
        {t('to-table')}
      </Button>
    </div>
  );
}

function MergeInto(props: {
  readonly others: readonly OrderRow[];
  readonly tables: readonly PlanTable[];
  readonly isBusy: boolean;
  onMerge(orderId: string): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { others, tables, isBusy, onMerge } = props;
  const tableOf = ({ tableId }: OrderRow): string =>
    tables.find((each) => each.tableId === tableId)?.name ?? t('no-table');
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-14">{t('merge-with')}</h3>
      <p className="text-13 text-muted">{others.length === 0 ? t('no-others') : t('merge-hint')}</p>
      <div className="flex flex-wrap gap-2">
        {others.map((other) => (
          <Button key={other.id} size="touch" disabled={isBusy} onClick={() => onMerge(other.id)}>
            {`${billNumber(other)} · ${tableOf(other)} · ${formatMoney(other.due, language)}`}
          </Button>
        ))}
      </div>
    </section>
  );
}
