import type { ReceivedOutcome } from '../log.ts';
import type { AppendPlan } from './plan-append.ts';

/** Answers every caller of a plan after its batch was committed up to `head`, or at once when nothing was fresh. */
export function applyPlan(plan: AppendPlan, head: number): void {
  const before = BigInt(head - plan.fresh.length);
  for (const finding of plan.findings) {
    if ('refused' in finding) {
      finding.unit.resolve(finding.refused);
      continue;
    }
    if ('versions' in finding) {
      const position = before + BigInt(finding.lastIndex + 1);
      finding.unit.resolve({ status: 'appended', position, versions: finding.versions });
      continue;
    }
    const outcomes = finding.events.map((event): ReceivedOutcome => {
      if (typeof event === 'number')
        return { status: 'created', position: before + BigInt(event + 1) };
      if ('outcome' in event) return event.outcome;
      const position = before + BigInt(event.repeats + 1);
      return { status: event.same ? 'duplicate' : 'conflict', position };
    });
    finding.unit.resolve(outcomes);
  }
}
