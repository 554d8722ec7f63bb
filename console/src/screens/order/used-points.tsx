/** Points that are a discount on an open bill, each use with a way to take it off again. */
import type { ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { FailureNote } from './failure-note.tsx';
import { billNumber } from './order-types.ts';
import type { OrderDialogProps } from './pay-dialog.tsx';
import { useGive } from './use-give.ts';
import { words } from './words-correct.ts';

export function UsedPoints({ order, onClose }: OrderDialogProps): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const { give, isBusy, error } = useGive();
  if (order.status !== 'open' || order.burns.length === 0) return null;
  const takeOff = async (burnId: string): Promise<void> => {
    const given = await give({
      operation: 'POST /v1/orders/{id}/take-points-off',
      params: { id: order.id },
      body: { burnId, reason: t('points-off-reason') },
      label: { key: 'change', values: { number: billNumber(order) } },
    });
    if (given === null) return;
    if (given.kind === 'done') toast(t('points-off-done'));
    onClose();
  };
  return (
    <ul className="mb-4 flex flex-col gap-2">
      {order.burns.map(({ burnId, points, amount }) => (
        <li key={burnId} className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 flex-1">
            {t('points-on', { count: points, amount: formatMoney(amount, language) })}
          </span>
          <Button size="compact" isBusy={isBusy} onClick={() => void takeOff(burnId)}>
            {t('points-off')}
          </Button>
        </li>
      ))}
      <FailureNote error={error} />
    </ul>
  );
}
