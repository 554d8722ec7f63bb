/** Ordered lines by course: what the stations say of each, and what can be told to them. */
import type { ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Badge, type Tone } from '../../design/marks.tsx';
import { Menu } from '../../design/menus.tsx';
import { IconButton } from '../../design/buttons.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { byCourse, type CourseGroup } from './courses.ts';
import type { KitchenStatus, OrderLine } from './order-types.ts';
import { words } from './words-bill.ts';

const TONES: Readonly<Record<KitchenStatus, Tone>> = {
  none: 'plain',
  held: 'waiting',
  fired: 'info',
  ready: 'good',
  served: 'plain',
};

export type LineWord = 'fire' | 'hold' | 'serve' | 'rush';

export interface BillLinesProps {
  readonly lines: readonly OrderLine[];
  /** Null where nothing can be told to the stations. */
  readonly onTell: ((word: LineWord, lines: readonly OrderLine[]) => void) | null;
  readonly onLine: ((line: OrderLine) => void) | null;
}

export function BillLines({ lines, onTell, onLine }: BillLinesProps): ReactElement {
  return (
    <div className="flex flex-col gap-3">
      {byCourse(lines).map((group) => (
        <Course key={String(group.course)} group={group} onTell={onTell} onLine={onLine} />
      ))}
    </div>
  );
}

function Course({
  group,
  onTell,
  onLine,
}: Omit<BillLinesProps, 'lines'> & { readonly group: CourseGroup }): ReactElement {
  const t = useWords(words);
  const { course, lines } = group;
  const of = (status: KitchenStatus): readonly OrderLine[] =>
    lines.filter(({ kitchen }) => kitchen === status);
  const [held, fired, ready] = [of('held'), of('fired'), of('ready')];
  return (
    <section className="flex flex-col">
      <header className="flex min-h-9 items-center gap-2 border-b border-line">
        <h3 className="min-w-0 flex-1 truncate text-13 text-muted">
          {course === null ? t('at-once') : t('course-n', { count: course })}
        </h3>
        {onTell === null || ready.length === 0 ? null : (
          <Button size="compact" icon="check" onClick={() => onTell('serve', ready)}>
            {t('serve')}
          </Button>
        )}
        {onTell === null || held.length === 0 ? null : (
          <Button size="compact" kind="primary" icon="send" onClick={() => onTell('fire', held)}>
            {t('fire')}
          </Button>
        )}
        {onTell === null || fired.length === 0 ? null : (
          <Menu
            trigger={<IconButton size="compact" icon="more" label={t('more')} />}
            items={[
              { label: t('rush'), icon: 'arrow-up', onSelect: () => onTell('rush', fired) },
              { label: t('hold'), icon: 'pause', onSelect: () => onTell('hold', fired) },
            ]}
          />
        )}
      </header>
      <ul className="divide-y divide-line">
        {lines.map((line) => (
          <Line key={line.lineId} line={line} onLine={onLine} />
        ))}
      </ul>
    </section>
  );
}

function Line({
  line,
  onLine,
}: {
  readonly line: OrderLine;
  readonly onLine: BillLinesProps['onLine'];
}): ReactElement {
  const t = useWords(words);
  const inside = <LineText line={line} />;
  if (onLine === null) return <li className="py-2">{inside}</li>;
  return (
    <li>
      <button
        type="button"
        title={t('line', { name: line.name.slice(0, 100) })}
        onClick={() => onLine(line)}
        className="-mx-2 w-[calc(100%+16px)] rounded-control px-2 py-2 text-left hover:bg-sunken"
      >
        {inside}
      </button>
    </li>
  );
}

function LineText({ line }: { readonly line: OrderLine }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const more = [
    ...line.modifiers.map(({ name, quantity }) =>
      quantity === 1 ? name : `${quantity} × ${name}`,
    ),
    line.seat === null ? null : t('seat-n', { count: line.seat }),
    line.note === null ? null : `„${line.note}”`,
  ].filter((each) => each !== null);
  const isLess =
    line.total.amount !== line.amount.amount &&
    line.discount.amount + line.pointsDiscount.amount > 0;
  return (
    <span className="flex min-w-0 items-start gap-2">
      <span className="w-7 shrink-0 text-right font-semibold">{line.quantity}</span>
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span dir="auto" className="line-clamp-2 break-words">
          {line.name}
        </span>
        {more.length === 0 ? null : (
          <span dir="auto" className="line-clamp-3 text-13 break-words text-muted">
            {more.join(' · ')}
          </span>
        )}
        {line.kitchen === 'none' ? null : (
          <span className="flex flex-wrap gap-1">
            <Badge tone={TONES[line.kitchen]}>{t(line.kitchen)}</Badge>
            {line.rushed && line.kitchen === 'fired' ? (
              <Badge tone="bad">{t('rushed')}</Badge>
            ) : null}
          </span>
        )}
      </span>
      <span className="flex shrink-0 flex-col items-end">
        <span className="font-medium">{formatMoney(line.total, language)}</span>
        {isLess ? (
          <del className="text-12 text-muted">{formatMoney(line.amount, language)}</del>
        ) : null}
      </span>
    </span>
  );
}
