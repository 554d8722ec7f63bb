/** The bill: other bills of its table, lines, totals, and what can be done with it. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { allows, useSession } from '../../api/session.ts';
import { Button, TextLink } from '../../design/buttons.tsx';
import { Badge } from '../../design/marks.tsx';
import { Moment } from '../../design/texts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { BillActions, type BillActionsProps } from './bill-actions.tsx';
import { BillLines, type LineWord } from './bill-lines.tsx';
import { BillTotals } from './bill-totals.tsx';
import { FailureNote } from './failure-note.tsx';
import { LineDialog } from './line-dialog.tsx';
import { billNumber, type OrderLine } from './order-types.ts';
import { useGive } from './use-give.ts';
import { words } from './words-bill.ts';

const OPERATIONS = {
  fire: 'POST /v1/orders/{id}/fire',
  hold: 'POST /v1/orders/{id}/hold',
  serve: 'POST /v1/orders/{id}/serve',
  rush: 'POST /v1/orders/{id}/rush',
} as const;

export function BillPanel(props: BillActionsProps): ReactElement {
  const t = useWords(words);
  const { order } = props;
  const { permissions } = useSession();
  const { give, error } = useGive();
  const [lineId, setLineId] = useState<string | null>(null);
  const line = order.lines.find((each) => each.lineId === lineId);
  const isOpen = order.status === 'open';
  const tell = (word: LineWord, lines: readonly OrderLine[]): void =>
    void give({
      operation: OPERATIONS[word],
      params: { id: order.id },
      body: { lineIds: lines.map((each) => each.lineId) },
      label: { key: word, values: { number: billNumber(order) } },
    });
  return (
    <div className="flex flex-col gap-3">
      <OtherBills {...props} />
      <p className="flex flex-wrap items-center gap-2 text-13 text-muted">
        <Moment at={order.placedAt} zone={order.timeZone} only="time" />
        {order.guests === null ? null : <span>· {t('guests', { count: order.guests })}</span>}
        {order.customerId === null ? null : (
          <Badge tone="waiting" icon="loyalty">
            {t('is-member')}
          </Badge>
        )}
      </p>
      {order.mergedInto === null ? null : (
        <TextLink to={`/order/${order.mergedInto}`}>{t('to-merged')}</TextLink>
      )}
      {order.lines.length === 0 ? <p className="text-muted">{t('empty')}</p> : null}
      <BillLines
        lines={order.lines}
        onTell={isOpen && allows(permissions, 'orders:serve') ? tell : null}
        onLine={
          isOpen && allows(permissions, 'orders:change') ? (each) => setLineId(each.lineId) : null
        }
      />
      <FailureNote error={error} />
      <BillTotals order={order} />
      <BillActions {...props} />
      {line === undefined ? null : (
        <LineDialog order={order} line={line} onClose={() => setLineId(null)} />
      )}
    </div>
  );
}

function OtherBills({ order, others }: BillActionsProps): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const navigate = useNavigate();
  const same = others.filter(({ tableId }) => tableId !== null && tableId === order.tableId);
  if (same.length === 0) return null;
  return (
    <nav aria-label={t('other-bills')} className="flex flex-wrap gap-2">
      <Button isPressed>{`${billNumber(order)} · ${formatMoney(order.due, language)}`}</Button>
      {same.map((other) => (
        <Button
          key={other.id}
          onClick={() => void navigate({ to: `/order/${other.id}`, replace: true })}
        >
          {`${billNumber(other)} · ${formatMoney(other.due, language)}`}
        </Button>
      ))}
    </nav>
  );
}
