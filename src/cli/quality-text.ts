/** The report of GET /v1/quality as indented lines; members are shown as they come, so a new check needs no change. */
export function qualityText(report: unknown): string {
  const lines = linesOf(report, 0);
  return lines.length === 0 ? 'Nothing was checked yet.\n' : `${lines.join('\n')}\n`;
}

/** Reports are shallow; deeper values are shown as JSON. */
const DEPTH_MAX = 6;

function linesOf(value: unknown, depth: number): string[] {
  const indent = '  '.repeat(depth);
  if (typeof value !== 'object' || value === null) return [`${indent}${String(value)}`];
  if (depth >= DEPTH_MAX) return [`${indent}${JSON.stringify(value)}`];
  if (Array.isArray(value)) {
    if (value.every(isFlat)) return tableOf(value, indent);
    const gap = value.some((each) => typeof each === 'object');
    return value.flatMap((each, index) => [
      ...(gap && index > 0 ? [''] : []),
      ...linesOf(each, depth),
    ]);
  }
  const members = Object.entries(value).filter(([, each]) => !isEmpty(each));
  const width = Math.max(
    0,
    ...members.filter(([, each]) => isPlain(each)).map(([name]) => name.length),
  );
  return members.flatMap(([name, each]) =>
    isPlain(each)
      ? [`${indent}${name.padEnd(width)}  ${String(each)}`]
      : [`${indent}${name}`, ...linesOf(each, depth + 1)],
  );
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

type Flat = Readonly<Record<string, string | number | boolean | null>>;

function isFlat(value: unknown): value is Flat {
  return typeof value === 'object' && value !== null && Object.values(value).every(isPlain);
}

/** Members as columns, in the order in which they first appear. */
function tableOf(rows: readonly Flat[], indent: string): string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '-')))];
  const widths = names.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  return cells.map(
    (line) =>
      indent +
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
  );
}
