/** The words in which a run ends. */
import type { Verdict } from './crash/check.ts';
import { RULES, type Rule } from './crash/history.ts';

/** Examples of one broken rule: enough to look into, few enough to read. */
const EXAMPLES_MAX = 5;

export function describeVerdict(verdict: Verdict, run: { kills: number; seed: string }): string {
  const numbers = [
    `${verdict.stored} events stored in ${verdict.buckets} buckets`,
    `${verdict.unknownOutcomes} unknown outcomes (${verdict.unknownStored} of them stored)`,
    `${verdict.duplicatesAnswered} duplicates`,
    `${verdict.conflictsAnswered} conflicts`,
    `${verdict.refused} refused`,
  ];
  return [
    ...describeViolations(verdict),
    numbers.join(', '),
    `${verdict.lost} of ${verdict.acknowledged} acknowledged events lost in ${run.kills} kills (seed ${run.seed})`,
  ].join('\n');
}

export function describeViolations({ violations }: Verdict): string[] {
  // safe because the keys of RULES are the rules
  return (Object.keys(RULES) as Rule[]).flatMap((rule) => {
    const cases = violations.filter((violation) => violation.rule === rule);
    if (cases.length === 0) return [];
    const examples = cases.slice(0, EXAMPLES_MAX).map((violation) => `  ${violation.detail}`);
    return [`BROKEN ${rule}: ${RULES[rule]}, ${cases.length} times`, ...examples];
  });
}
