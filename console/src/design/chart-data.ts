/** What a chart over time shows. */

export interface ChartSeries {
  readonly label: string;
  /** Milliseconds since 1970 and a value; null is a gap. Ascending. */
  readonly points: readonly (readonly [atMs: number, value: number | null])[];
}

export interface TimeChartProps {
  readonly series: readonly ChartSeries[];
  readonly unit?: string | undefined;
  /** What the chart says, in a sentence: read instead of it. */
  readonly summary: string;
  readonly title?: string | undefined;
  /** Pixels. */
  readonly height?: number | undefined;
  /** Bars have their baseline at zero, as all charts here. */
  readonly kind?: 'line' | 'bars' | undefined;
  /** Without axes and table, for tiles. */
  readonly isSmall?: boolean | undefined;
}
