/** One figure: the number now, with room that does not change, and its line. */
import { useMemo, type ReactElement } from 'react';
import { TimeChart } from '../../design/index.ts';
import { formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { pointsOf, spreadOf, type LiveFigure } from './live-series.ts';
import { words } from './words.ts';

export interface FigureLine {
  /** Empty where it is the card's own. */
  readonly label: string;
  value(figure: LiveFigure): number | null;
}

export interface FigureCardProps {
  readonly label: string;
  readonly unit: string;
  readonly decimals: number;
  readonly figures: readonly LiveFigure[];
  /** The first is the number that is shown. */
  readonly lines: readonly [FigureLine, ...FigureLine[]];
}

export function FigureCard({
  label,
  unit,
  decimals,
  figures,
  lines,
}: FigureCardProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const series = useMemo(
    () =>
      lines.map((line) => ({
        label: line.label === '' ? label : line.label,
        points: pointsOf(figures, (figure) => line.value(figure)),
      })),
    [figures, label, lines],
  );
  const shown = series.map(({ label: name, points }) => ({ name, ...spreadOf(points) }));
  const [main, ...others] = shown;
  const text = (value: number | null): string =>
    value === null
      ? '–'
      : formatNumber(value, language, {
          minimumFractionDigits: decimals,
          maximumFractionDigits: decimals,
        });
  const summary =
    main === undefined || main.most === null
      ? t('nothing-yet', { label })
      : t('summary', { label, now: text(main.now), most: text(main.most), unit });
  return (
    <section
      aria-label={label}
      className="flex min-w-0 flex-col gap-2 rounded-card border border-line bg-raised p-4"
    >
      <h2 className="truncate text-13 font-normal text-muted">{label}</h2>
      <p className="flex min-w-0 items-baseline gap-2">
        <span className="text-28 leading-tight font-semibold">{text(main?.now ?? null)}</span>
        <span className="min-w-0 truncate text-13 text-muted">{unit}</span>
      </p>
      {others.length === 0 ? (
        <p className="text-12 text-muted">{t('most', { most: text(main?.most ?? null) })}</p>
      ) : (
        <p className="flex flex-wrap gap-x-3 text-12 text-muted">
          {shown.map(({ name, now }) => (
            <span key={name}>
              {name} <span className="text-ink">{text(now)}</span>
            </span>
          ))}
        </p>
      )}
      <TimeChart series={series} unit={unit} summary={summary} isSmall height={64} />
    </section>
  );
}
