/** What a run over a folder of files came to: figures for a program, lines for a person. */
import { VERDICT_MS_MAX, type Examined, type Fault } from './examine.ts';

const SLOWEST = 10;
/** Of files with a defect, in the lines; all of them are in the figures. */
const LISTED_MAX = 50;

export interface Report {
  readonly files: number;
  readonly verdicts: Readonly<Record<string, number>>;
  /** Of those refused. */
  readonly refusals: Readonly<Record<string, number>>;
  /** In how many files each was taken out. */
  readonly removed: Readonly<Record<string, number>>;
  readonly verdictMs: { readonly p50: number; readonly p95: number; readonly max: number };
  readonly slowest: readonly { readonly file: string; readonly verdictMs: number }[];
  readonly faults: readonly { readonly file: string; readonly fault: Fault }[];
  readonly defects: readonly { readonly file: string; readonly defects: readonly string[] }[];
  /** Disarmed files whose text before and after was compared. */
  readonly compared: number;
  readonly childMbMax: number;
  readonly serverMbMax: number;
  readonly filesLeft: number;
  readonly holds: boolean;
}

export interface Surroundings {
  readonly childMb: number;
  readonly serverMb: number;
  /** Of jobs and of uploads, when all is done. */
  readonly filesLeft: number;
}

export function reportOf(examined: readonly Examined[], around: Surroundings): Report {
  const bySlowness = examined.toSorted((one, other) => other.verdictMs - one.verdictMs);
  const times = bySlowness.map(({ verdictMs }) => Math.round(verdictMs)).toReversed();
  const faults = examined.flatMap(({ file, fault }) => (fault === null ? [] : [{ file, fault }]));
  const defects = examined.filter((each) => each.defects.length > 0);
  return {
    files: examined.length,
    verdicts: counted(examined.map(({ verdict }) => verdict)),
    refusals: counted(examined.flatMap(({ reasons }) => reasons.map(({ code }) => code))),
    removed: counted(examined.flatMap(({ removed }) => removed.map(({ code }) => code))),
    verdictMs: { p50: shareOf(times, 0.5), p95: shareOf(times, 0.95), max: times.at(-1) ?? 0 },
    slowest: bySlowness
      .slice(0, SLOWEST)
      .map(({ file, verdictMs }) => ({ file, verdictMs: Math.round(verdictMs) })),
    faults,
    defects: defects.map((each) => ({ file: each.file, defects: each.defects })),
    compared: examined.filter(({ isCompared }) => isCompared).length,
    childMbMax: Math.round(around.childMb),
    serverMbMax: Math.round(around.serverMb),
    filesLeft: around.filesLeft,
    holds:
      faults.every(({ fault }) => fault === 'memory') &&
      defects.length === 0 &&
      around.filesLeft === 0,
  };
}

/** Lines for a person. */
export function linesOf(report: Report): readonly string[] {
  const { p50, p95, max } = report.verdictMs;
  return [
    `${report.files} files: ${told(report.verdicts, report.files)}`,
    `refused: ${told(report.refusals, report.files)}`,
    `taken out, in files: ${told(report.removed, report.files)}`,
    `verdict after p50 ${p50} ms, p95 ${p95} ms, at most ${max} ms (${VERDICT_MS_MAX} allowed)`,
    ...report.slowest.map(({ file, verdictMs }) => `  ${String(verdictMs).padStart(6)} ms ${file}`),
    `memory at most: a child ${report.childMbMax} MB, the server ${report.serverMbMax} MB`,
    `texts compared before and after: ${report.compared}; files left behind: ${report.filesLeft}`,
    ...report.faults.map(({ file, fault }) => `${fault.toUpperCase()} ${file}`),
    ...report.defects
      .slice(0, LISTED_MAX)
      .map(({ file, defects }) => `DEFECT ${file}: ${defects.join('; ')}`),
    report.holds ? 'holds' : 'does not hold',
  ];
}

function told(counts: Readonly<Record<string, number>>, all: number): string {
  const entries = Object.entries(counts).toSorted(([, one], [, other]) => other - one);
  const share = (count: number): string => `${((count * 100) / Math.max(1, all)).toFixed(1)} %`;
  if (entries.length === 0) return 'none';
  return entries.map(([name, count]) => `${name} ${count} (${share(count)})`).join(', ');
}

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** `sorted` ascending; the smallest that this share does not exceed. */
function shareOf(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
