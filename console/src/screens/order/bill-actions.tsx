/** What can be done with a bill: pay and ask for it as buttons, the rest in a menu; each opens its dialog. */
import { useState, type ReactElement } from 'react';
import { allows, useSession } from '../../api/session.ts';
import { Button, IconButton, LinkButton } from '../../design/buttons.tsx';
import { Menu, type MenuItem } from '../../design/menus.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords, type Speak } from '../../words/language.ts';
import type { PlanTable } from '../floor/floor-state.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { CorrectDialog } from './correct-dialog.tsx';
import { DiscountDialog } from './discount-dialog.tsx';
import { FailureNote } from './failure-note.tsx';
import { MemberDialog } from './member-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { billNumber, type OrderRow, type OrderView } from './order-types.ts';
import { PayDialog } from './pay-dialog.tsx';
import { ReceiptDialog } from './receipt-dialog.tsx';
import { RefundDialog } from './refund-dialog.tsx';
import { SplitDialog } from './split-dialog.tsx';
import { useGive } from './use-give.ts';
import { words } from './words-bill.ts';

export type Action =
  'pay' | 'split' | 'move' | 'discount' | 'member' | 'receipt' | 'refund' | 'correct' | 'cancel';

export interface BillActionsProps {
  readonly order: OrderView;
  /** Other open bills of the location. */
  readonly others: readonly OrderRow[];
  readonly tables: readonly PlanTable[];
  readonly size?: 'normal' | 'touch';
}

export function BillActions(props: BillActionsProps): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  const { order, size = 'touch' } = props;
  const [open, setOpen] = useState<Action | null>(null);
  const { give, isBusy, error } = useGive();
  const isOpen = order.status === 'open';
  const isToAsk = isOpen && order.billAskedAt === null && order.due.amount > 0;
  const askBill = (): void =>
    void give({
      operation: 'POST /v1/orders/{id}/ask-bill',
      params: { id: order.id },
      body: {},
      label: { key: 'ask-bill', values: { number: billNumber(order) } },
    });
  return (
    <>
      <FailureNote error={error} />
      <div className="flex min-w-0 gap-2">
        <MainButton order={order} size={size} onOpen={setOpen} />
        <Menu
          align="end"
          trigger={<IconButton kind="quiet" size={size} icon="more" label={t('more')} />}
          items={itemsOf({ order, permissions, t, onOpen: setOpen })}
        />
      </div>
      {isToAsk && allows(permissions, 'orders:change') ? (
        <Button size={size} isBusy={isBusy} onClick={askBill}>
          {t('ask-bill')}
        </Button>
      ) : null}
      {isOpen ? null : (
        <LinkButton to="/floor" size={size} icon="floor">
          {t('back')}
        </LinkButton>
      )}
      <ActionDialog {...props} action={open} onClose={() => setOpen(null)} />
    </>
  );
}

/** Pay an open bill, or the receipt of one that is not. */
function MainButton(props: {
  readonly order: OrderView;
  readonly size: 'normal' | 'touch';
  onOpen(action: Action): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { permissions } = useSession();
  const { order, size, onOpen } = props;
  const mayPay = allows(permissions, 'orders:pay');
  if (order.status !== 'open')
    return (
      <Button
        kind="primary"
        size={size}
        icon="print"
        className="min-w-0 flex-1"
        onClick={() => onOpen('receipt')}
      >
        {t('receipt')}
      </Button>
    );
  return (
    <Button
      kind="primary"
      size={size}
      icon="cash"
      className="min-w-0 flex-1 max-sm:px-3 max-sm:text-16"
      disabled={!mayPay || order.due.amount <= 0}
      reason={mayPay ? t('nothing-due') : t('not-allowed')}
      onClick={() => onOpen('pay')}
    >
      {t('pay', { amount: formatMoney(order.due, language) })}
    </Button>
  );
}

/** The dialog of an action, while it is open. */
export function ActionDialog(
  props: BillActionsProps & { readonly action: Action | null; onClose(): void },
): ReactElement | null {
  const { order, others, tables, action, onClose } = props;
  switch (action) {
    case null:
      return null;
    case 'pay':
      return <PayDialog order={order} onClose={onClose} />;
    case 'split':
      return <SplitDialog order={order} others={others} onClose={onClose} />;
    case 'move':
      return <MoveDialog order={order} others={others} tables={tables} onClose={onClose} />;
    case 'discount':
      return <DiscountDialog order={order} onClose={onClose} />;
    case 'member':
      return <MemberDialog order={order} onClose={onClose} />;
    case 'receipt':
      return <ReceiptDialog order={order} onClose={onClose} />;
    case 'refund':
      return <RefundDialog order={order} onClose={onClose} />;
    case 'correct':
      return <CorrectDialog order={order} onClose={onClose} />;
    case 'cancel':
      return <CancelDialog order={order} onClose={onClose} />;
  }
}

interface ItemFacts {
  readonly order: OrderView;
  readonly permissions: readonly string[];
  readonly t: Speak<Action | 'not-allowed' | 'nothing-due'>;
  onOpen(action: Action): void;
}

/** Discounts, refunds and voids may be approved by somebody else, so they are open to all who work with orders. */
function itemsOf({ order, permissions, t, onOpen }: ItemFacts): readonly (MenuItem | null)[] {
  const isOpen = order.status === 'open';
  const item = (action: Action, icon: MenuItem['icon'], permission?: string): MenuItem => ({
    label: t(action),
    icon,
    disabled: permission !== undefined && !allows(permissions, permission),
    reason: t('not-allowed'),
    onSelect: () => onOpen(action),
  });
  const paid = order.paid.amount - order.refunded.amount;
  const works = allows(permissions, 'orders:change');
  return [
    ...(isOpen
      ? [item('split', 'switch', 'orders:move'), item('move', 'arrow-right', 'orders:move')]
      : []),
    ...(isOpen && works ? [item('discount', 'minus')] : []),
    ...(isOpen ? [item('member', 'loyalty', 'loyalty:read')] : []),
    item('receipt', 'print'),
    ...(works && paid > 0 ? [null, item('refund', 'undo')] : []),
    ...(works && order.payments.length > 0 ? [item('correct', 'switch')] : []),
    ...(isOpen && works && paid <= 0
      ? [null, { ...item('cancel', 'trash'), kind: 'danger' as const }]
      : []),
  ];
}
