/** Chooses lines, or a part of their quantity. */
import type { ReactElement } from 'react';
import { formatMoney } from '../../words/format.ts';
import { useLanguage } from '../../words/language.ts';
import { Stepper } from '../floor/stepper.tsx';
import type { OrderLine } from './order-types.ts';

/** How many of each line, by its id. */
export type Chosen = Readonly<Record<string, number>>;

export function linesChosen(
  chosen: Chosen,
): readonly { readonly lineId: string; readonly quantity: number }[] {
  return Object.entries(chosen)
    .filter(([, quantity]) => quantity > 0)
    .map(([lineId, quantity]) => ({ lineId, quantity }));
}

export function LinePicker(props: {
  readonly lines: readonly OrderLine[];
  readonly chosen: Chosen;
  onChange(chosen: Chosen): void;
}): ReactElement {
  const language = useLanguage();
  const { lines, chosen, onChange } = props;
  return (
    <ul className="divide-y divide-line rounded-card border border-line">
      {lines.map((line) => (
        <li key={line.lineId} className="flex min-w-0 items-center gap-3 px-3 py-2">
          <div className="min-w-0 flex-1">
            <p dir="auto" className="line-clamp-2 break-words">
              {line.name}
            </p>
            <p className="text-13 text-muted">
              {line.quantity} × {formatMoney(line.unitPrice, language)}
            </p>
          </div>
          <Stepper
            label={line.name.slice(0, 80)}
            isLabelHidden
            size="normal"
            value={chosen[line.lineId] ?? 0}
            min={0}
            max={line.quantity}
            onChange={(count) => onChange({ ...chosen, [line.lineId]: count })}
          />
        </li>
      ))}
    </ul>
  );
}
