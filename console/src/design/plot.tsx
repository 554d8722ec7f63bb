/** uPlot within React: made once a size and shape, fed with data afterwards. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useEffectEvent, useRef, type ReactElement } from 'react';
import { alignedData } from './plot-data.ts';
import type { TimeChartProps } from './chart-data.ts';
import { useThemeNow } from './theme.ts';
import { LOCALES } from '../words/define-words.ts';
import { useLanguage } from '../words/language.ts';

const FONT = '12px "Inter Variable", system-ui, sans-serif';

export function Plot(props: TimeChartProps & { readonly height: number }): ReactElement {
  const { series, height, kind = 'line', isSmall = false, unit = '' } = props;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const theme = useThemeNow();
  const language = useLanguage();
  const shape = series.map(({ label }) => label).join('\u0000');
  const make = useEffectEvent((element: HTMLDivElement) => {
    const options = optionsOf({ props, width: element.clientWidth, locale: LOCALES[language] });
    plot.current = new uPlot(options, dataOf(props), element);
  });
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    make(element);
    const sizes = new ResizeObserver(() =>
      plot.current?.setSize({ width: element.clientWidth, height }),
    );
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [shape, height, kind, isSmall, unit, theme, language]);
  useEffect(() => {
    plot.current?.setData(dataOf({ ...props, series }));
    // Data alone: anything else makes the plot anew above.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [series]);
  return (
    <div ref={host} aria-hidden="true" className="min-w-0 overflow-hidden" style={{ height }} />
  );
}

function dataOf({ series }: TimeChartProps): uPlot.AlignedData {
  // safe because the first list holds every moment and each further one a value or null for it
  return alignedData(series.map(({ points }) => points)) as unknown as uPlot.AlignedData;
}

/** One line of times: room for a line of dates below it would stay empty. */
const TIMES_PX = 28;
/** The last moment may stand at the edge, and its label is centred below it. */
const LABEL_HALF_PX = 20;
/** Low charts have more than the zero to read them by. */
const VALUES_PX = { size: 48, space: 24 };

function optionsOf({
  props,
  width,
  locale,
}: {
  readonly props: TimeChartProps & { readonly height: number };
  readonly width: number;
  readonly locale: string;
}): uPlot.Options {
  const { series, height, kind = 'line', isSmall = false } = props;
  const colour = (token: string): string =>
    getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2, notation: 'compact' });
  const axis = { stroke: colour('muted'), font: FONT, ticks: { show: false }, show: !isSmall };
  return {
    width: Math.max(width, 1),
    height,
    ms: 1,
    padding: isSmall ? [2, 0, 2, 0] : [8, LABEL_HALF_PX, 0, 0],
    legend: { show: !isSmall && series.length > 1 },
    cursor: { show: !isSmall, drag: { x: false, y: false }, y: false },
    scales: { y: { range: (_, low, high) => [Math.min(0, low), high > 0 ? high * 1.1 : 1] } },
    axes: [
      {
        ...axis,
        size: TIMES_PX,
        grid: { show: false },
        values: (plot, splits) => {
          const spanMs = (plot.scales['x']?.max ?? 0) - (plot.scales['x']?.min ?? 0);
          return splits.map((at) => (spanMs > 2 * 86_400_000 ? day : time).format(at));
        },
      },
      {
        ...axis,
        ...VALUES_PX,
        grid: { stroke: colour('line'), width: 1 },
        values: (_, splits) => splits.map((value) => number.format(value)),
      },
    ],
    series: [
      { value: (_, at) => (at === null ? '–' : `${day.format(at)} ${time.format(at)}`) },
      ...series.map(({ label }, at) => ({
        label,
        stroke: colour(`series-${String((at % 8) + 1)}`),
        width: 1.5,
        spanGaps: false,
        points: { show: false },
        ...(kind === 'bars'
          ? {
              fill: colour(`series-${String((at % 8) + 1)}`),
              paths: uPlot.paths.bars?.({ size: [0.7, 48] }) ?? (() => null),
            }
          : {}),
        value: (_: uPlot, value: number | null) => (value === null ? '–' : number.format(value)),
      })),
    ],
  };
}
