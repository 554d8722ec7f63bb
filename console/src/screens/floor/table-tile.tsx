/** One table on the plan: a target for a finger, with state in colour, icon and word. */
import type { ReactElement } from 'react';
import { classes } from '../../design/classes.ts';
import { Icon, type IconName } from '../../design/icons.tsx';
import { formatMoment, formatMoney } from '../../words/format.ts';
import { useLanguage, useWords, type Speak } from '../../words/language.ts';
import { minutesOf, type PlanTable, type TableAmounts, type TableState } from './floor-state.ts';
import { words } from './words.ts';

const LOOKS: Readonly<Record<TableState, readonly [look: string, icon: IconName]>> = {
  free: ['border-line bg-raised text-muted', 'plus'],
  reserved: ['border-blue bg-blue-soft text-blue', 'calendar'],
  seated: ['border-blue bg-raised text-blue', 'guests'],
  ordered: ['border-brand bg-brand-soft text-brand', 'orders'],
  bill: ['border-brass bg-brass-soft text-brass-text', 'cash'],
  dirty: ['border-wine bg-wine-soft text-wine', 'refresh'],
};

export interface TableTileProps {
  readonly table: PlanTable;
  readonly amounts: TableAmounts | undefined;
  readonly nowMs: number;
  readonly timeZone: string;
  onOpen(): void;
}

export function TableTile(props: TableTileProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { table, amounts, nowMs, timeZone, onOpen } = props;
  const { state, name, next } = table;
  const [look, icon] = LOOKS[state];
  const minutes = minutesOf(table, nowMs);
  const isExpected = next !== null && (state === 'free' || state === 'reserved');
  return (
    <button
      type="button"
      onClick={onOpen}
      className={classes(
        'flex min-h-30 min-w-0 flex-col gap-1 rounded-card border-2 p-3 text-left transition-colors duration-150 hover:brightness-[0.98]',
        look,
      )}
    >
      <span className="flex w-full min-w-0 items-baseline gap-2">
        <span dir="auto" className="min-w-0 flex-1 truncate text-20 font-semibold text-ink">
          {name}
        </span>
        {minutes === null ? null : <span className="shrink-0 text-14">{lasting(t, minutes)}</span>}
      </span>
      <span className="flex min-w-0 items-center gap-1.5 text-14 font-medium">
        <Icon name={icon} />
        <span className="truncate">{t(state)}</span>
      </span>
      <TileFoot table={table} amounts={amounts} />
      {isExpected ? (
        <span className="truncate text-12">
          {t('next-at', {
            time: formatMoment(next.from, language, { timeStyle: 'short', timeZone }),
            count: next.partySize,
          })}
        </span>
      ) : null}
    </button>
  );
}

function TileFoot({ table, amounts }: Pick<TableTileProps, 'table' | 'amounts'>): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const guests = table.partySize ?? amounts?.guests ?? null;
  return (
    <span className="mt-auto flex w-full min-w-0 items-end justify-between gap-2 text-ink">
      {guests === null ? (
        <span className="truncate text-13 text-muted-on-soft">
          {t('seats', { count: table.seats })}
        </span>
      ) : (
        <span
          className="flex shrink-0 items-center gap-1 text-14 text-muted-on-soft"
          title={t('guests', { count: guests })}
        >
          <Icon name="guests" />
          <span aria-hidden="true">{guests}</span>
          <span className="sr-only">{t('guests', { count: guests })}</span>
        </span>
      )}
      {amounts === undefined ? null : (
        <span className="min-w-0 truncate text-16 font-semibold sm:text-20">
          {formatMoney({ ...amounts }, language)}
        </span>
      )}
    </span>
  );
}

/** "45 min", "2 h 5 min", and whole hours where minutes do not matter any more. */
export function lasting(t: Speak<'minutes' | 'hours' | 'long'>, minutes: number): string {
  if (minutes < 100) return t('minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < LONG_HOURS ? t('hours', { hours, minutes: minutes % 60 }) : t('long', { hours });
}

const LONG_HOURS = 5;
