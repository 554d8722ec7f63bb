/** What was tapped and not sent yet. */
import type { ReactElement } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { Stepper } from '../floor/stepper.tsx';
import { priceOfOne, quantitySet, QUANTITY_MAX, type BasketLine } from './basket.ts';
import type { Basket } from './use-basket.ts';
import { words } from './words-menu.ts';

export interface BasketPanelProps {
  readonly basket: Basket;
  readonly currency: string;
  readonly changed: readonly string[];
  onEdit(line: BasketLine): void;
}

export function BasketPanel({
  basket,
  currency,
  changed,
  onEdit,
}: BasketPanelProps): ReactElement | null {
  const t = useWords(words);
  if (basket.lines.length === 0) return null;
  return (
    <section className="flex flex-col gap-2 rounded-card border border-brass bg-brass-soft p-3">
      <header className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 text-14">{t('basket')}</h2>
        <Button size="compact" onClick={() => basket.set(() => [])}>
          {t('clear')}
        </Button>
      </header>
      {changed.length === 0 ? null : (
        <p className="text-13 font-medium text-wine">{t('price-was')}</p>
      )}
      <ul className="flex flex-col divide-y divide-line">
        {basket.lines.map((line) => (
          <Line
            key={line.key}
            line={line}
            currency={currency}
            isChanged={changed.includes(line.key)}
            onEdit={() => onEdit(line)}
            onQuantity={(quantity) => basket.set((lines) => quantitySet(lines, line.key, quantity))}
          />
        ))}
      </ul>
    </section>
  );
}

function Line(props: {
  readonly line: BasketLine;
  readonly currency: string;
  readonly isChanged: boolean;
  onEdit(): void;
  onQuantity(quantity: number): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { line, currency, isChanged, onEdit, onQuantity } = props;
  const more = [
    line.variantName,
    ...line.options.map(({ name }) => name),
    line.course === null ? null : t('course-n', { count: line.course }),
    line.seat === null ? null : t('seat-n', { count: line.seat }),
    line.hold ? t('held') : null,
    line.note === '' ? null : `„${line.note}”`,
  ].filter((each) => each !== null);
  return (
    <li className="flex flex-col gap-1 py-2">
      <div className="flex min-w-0 items-start gap-2">
        <div className="min-w-0 flex-1">
          <p dir="auto" className="line-clamp-2 font-medium break-words">
            {line.name}
          </p>
          {more.length === 0 ? null : (
            <p dir="auto" className="line-clamp-3 text-13 break-words text-muted-on-soft">
              {more.join(' · ')}
            </p>
          )}
        </div>
        <span className={isChanged ? 'font-semibold text-wine' : 'font-semibold'}>
          {formatMoney({ amount: priceOfOne(line) * line.quantity, currency }, language)}
        </span>
      </div>
      <div className="flex items-center justify-between gap-2">
        <Stepper
          label={t('quantity')}
          isLabelHidden
          size="normal"
          value={line.quantity}
          min={0}
          max={QUANTITY_MAX}
          onChange={onQuantity}
        />
        <IconButton icon="edit" label={t('edit', { name: line.name })} onClick={onEdit} />
      </div>
    </li>
  );
}
