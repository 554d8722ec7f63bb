/** Lines of a bill as they are served. Pure. */
import type { OrderLine } from './order-types.ts';

export interface CourseGroup {
  /** Null for what goes out as soon as it is ready. */
  readonly course: number | null;
  readonly lines: readonly OrderLine[];
}

/** What has no course first, then course by course. */
export function byCourse(lines: readonly OrderLine[]): readonly CourseGroup[] {
  const courses = [...new Set(lines.map(({ course }) => course))].toSorted(
    (a, b) => (a ?? 0) - (b ?? 0),
  );
  return courses.map((course) => ({
    course,
    lines: lines.filter((line) => line.course === course),
  }));
}

/** Whether no station was told of it, so that it can be removed without a void. */
export function isUntold({ kitchen }: Pick<OrderLine, 'kitchen'>): boolean {
  return kitchen === 'none' || kitchen === 'held';
}

/** Seats that something unpaid was ordered for. */
export function seatsOf(lines: readonly OrderLine[]): readonly number[] {
  const seats = lines.flatMap(({ seat, paid, total }) =>
    seat !== null && paid.amount < total.amount ? [seat] : [],
  );
  return [...new Set(seats)].toSorted((a, b) => a - b);
}

/** What is still to pay of lines that people chose, by quantity. */
export function chosenAmount(
  lines: readonly OrderLine[],
  chosen: Readonly<Record<string, number>>,
): number {
  return lines.reduce((sum, { lineId, total, paid, quantity }) => {
    const count = Math.min(chosen[lineId] ?? 0, quantity);
    return count === 0 ? sum : sum + Math.round(((total.amount - paid.amount) * count) / quantity);
  }, 0);
}
