/** Points of several series on one axis of time. */

type Points = readonly (readonly [atMs: number, value: number | null])[];

/** The moments of all series ascending, then a list of values a series: null where it has none. */
export function alignedData(series: readonly Points[]): readonly (readonly (number | null)[])[] {
  const moments = [...new Set(series.flatMap((points) => points.map(([atMs]) => atMs)))].sort(
    (a, b) => a - b,
  );
  return [
    moments,
    ...series.map((points) => {
      const values = new Map(points);
      return moments.map((atMs) => values.get(atMs) ?? null);
    }),
  ];
}
