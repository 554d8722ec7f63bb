/** How much of everything is to be made, and what is sold out from now on. */
import { useState, type ReactElement } from 'react';
import { allows, useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { Card } from '../../design/page.tsx';
import { useWords } from '../../words/language.ts';
import { useGive } from '../order/use-give.ts';
import type { DayCount } from './board-state.ts';
import { words } from './words.ts';

export function AllDay(props: {
  readonly counts: readonly DayCount[];
  readonly locationId: string;
}): ReactElement | null {
  const t = useWords(words);
  const { permissions } = useSession();
  const { give } = useGive();
  const [asked, setAsked] = useState<DayCount | null>(null);
  const { counts, locationId } = props;
  const may = allows(permissions, 'catalog:sold-out');
  if (counts.length === 0) return null;
  const markSoldOut = async (count: DayCount): Promise<void> => {
    await give({
      operation: 'POST /v1/catalog/products/{id}/mark-sold-out',
      params: { id: count.productId ?? '' },
      body: { locationId },
      label: { key: 'sold-out', values: { what: count.name.slice(0, 80) } },
    });
    setAsked(null);
  };
  return (
    <Card title={t('all-day')}>
      <ul className="divide-y divide-line">
        {counts.map((count) => (
          <li
            key={`${count.stationId}${count.productId ?? count.name}${count.name}`}
            className="flex min-h-11 min-w-0 items-center gap-3 py-1"
          >
            <span className="w-10 shrink-0 text-right text-20 font-semibold">{count.quantity}</span>
            <span dir="auto" className="line-clamp-2 min-w-0 flex-1 text-16 break-words">
              {count.name}
            </span>
            {may && count.productId !== null ? (
              <Button size="compact" onClick={() => setAsked(count)}>
                {t('86')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        title={t('86')}
        text={t('sold-out', { name: asked?.name.slice(0, 200) ?? '' })}
        action={t('86')}
        isOpen={asked !== null}
        onConfirm={() => (asked === null ? undefined : markSoldOut(asked))}
        onClose={() => setAsked(null)}
      />
    </Card>
  );
}
