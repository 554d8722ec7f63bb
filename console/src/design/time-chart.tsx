/** Values over time with uPlot, which loads when the first chart is shown. Gaps stay gaps. */
import { lazy, Suspense, useState, type ReactElement } from 'react';
import { IconButton } from './buttons.tsx';
import { Skeleton } from './marks.tsx';
import { words } from './words.ts';
import { formatMoment, formatNumber } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.ts';
import type { TimeChartProps } from './chart-data.ts';

const Plot = lazy(async () => ({ default: (await import('./plot.tsx')).Plot }));

export function TimeChart(props: TimeChartProps): ReactElement {
  const t = useWords(words);
  const [isTable, setTable] = useState(false);
  const { title, summary, isSmall = false, height = isSmall ? 48 : 180 } = props;
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      {title === undefined && isSmall ? null : (
        <div className="flex items-center gap-2">
          <p className="min-w-0 flex-1 truncate text-13 text-muted">
            {title}
            {props.unit === undefined ? null : <span> ({props.unit})</span>}
          </p>
          {isSmall ? null : (
            <IconButton
              size="compact"
              icon={isTable ? 'chart' : 'table'}
              label={isTable ? t('show-chart') : t('show-table')}
              onClick={() => setTable(!isTable)}
            />
          )}
        </div>
      )}
      {isTable ? (
        <PointTable {...props} height={height} />
      ) : (
        <Suspense fallback={<Skeleton lines={isSmall ? 1 : 4} />}>
          <div role="img" aria-label={summary} className="min-w-0">
            <Plot {...props} height={height} />
          </div>
        </Suspense>
      )}
      {isSmall ? null : <figcaption className="text-12 text-muted">{summary}</figcaption>}
    </figure>
  );
}

/** A table of the newest points; a chart of an hour has thousands. */
const TABLE_ROWS_MAX = 200;

function PointTable({
  series,
  height,
}: TimeChartProps & { readonly height: number }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const moments = [...new Set(series.flatMap(({ points }) => points.map(([atMs]) => atMs)))]
    .sort((a, b) => b - a)
    .slice(0, TABLE_ROWS_MAX);
  const values = series.map(({ points }) => new Map(points));
  return (
    <div
      // Keyboards scroll it, so it takes the focus.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="overflow-auto rounded-control border border-line"
      style={{ maxHeight: height }}
    >
      <table className="w-full text-13">
        <thead className="sticky top-0 bg-raised text-left text-12 text-muted">
          <tr>
            <th className="px-2 py-1 font-medium">{t('moment-column')}</th>
            {series.map(({ label }) => (
              <th key={label} className="px-2 py-1 text-right font-medium">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {moments.map((atMs) => (
            <tr key={atMs} className="border-t border-line">
              <td className="px-2 py-0.5 whitespace-nowrap">
                {formatMoment(atMs, language, { dateStyle: 'short', timeStyle: 'medium' })}
              </td>
              {values.map((each, at) => {
                const value = each.get(atMs) ?? null;
                return (
                  <td key={series[at]?.label} className="px-2 py-0.5 text-right">
                    {value === null
                      ? '–'
                      : formatNumber(value, language, { maximumFractionDigits: 2 })}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
