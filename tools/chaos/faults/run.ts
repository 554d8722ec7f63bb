/**
 * Negative controls: plants one fault after another and shows that the crash proof's checker catches each. Most run the
 * whole proof, kill -9 included, against a server with a spoiled part (broken-server.ts); one needs decided events and
 * works on the log itself. The control at the end plants nothing that the log must not survive and must stay clean.
 */
import { fileURLToPath } from 'node:url';
import type { KillTarget } from '../crash/messages.ts';
import { runCrash } from '../crash/run.ts';
import type { Verdict } from '../crash/check.ts';
import { FAULT_VARIABLE, type ServerFault } from './broken-server-faults.ts';
import { withLostAnswers, withoutBatchIds } from './database-faults.ts';
import { runLostAnswers } from './lost-answers.ts';

export interface FaultResult {
  readonly name: string;
  /** False for the control, which plants nothing that the log must not survive. */
  readonly isBroken: boolean;
  /** Caught when broken, clean when not. */
  readonly isRight: boolean;
  readonly words: string;
}

interface Fault {
  readonly name: string;
  /** False for the control: the checker must find nothing. */
  readonly isBroken: boolean;
  run(seed: string): Promise<Verdict>;
}

/** A fault shows at one kill or another: after this many without a sign it counts as missed. */
const ROUNDS_MAX = 3;
const KILLS = 3;

export const FAULTS: readonly Fault[] = [
  onServer('synchronous-commit-off', ['postgres', 'both']),
  onServer('acknowledge-before-commit', ['both', 'postgres', 'server']),
  onServer('dedupe-off', ['server', 'both']),
  onServer('order-broken', ['server']),
  onServer('unknown-taken-for-failure', ['postgres']),
  {
    name: 'batch-id-ignored',
    isBroken: true,
    run: (seed) => runLostAnswers(seed, withoutBatchIds),
  },
  {
    name: 'control: lost answers with batch ids',
    isBroken: false,
    run: (seed) => runLostAnswers(seed, withLostAnswers),
  },
];

function onServer(fault: ServerFault, targets: readonly KillTarget[]): Fault {
  return {
    name: fault,
    isBroken: true,
    run: async (seed) => {
      const entry = fileURLToPath(new URL('./broken-server.ts', import.meta.url));
      const env = { [FAULT_VARIABLE]: fault };
      return (await runCrash({ kills: KILLS, seed, targets, entry, env })).verdict;
    },
  };
}

export interface FaultOptions {
  readonly seed: string;
  readonly faults?: readonly Fault[];
  readonly onResult?: (result: FaultResult) => void;
}

export async function runFaults({
  seed,
  faults = FAULTS,
  onResult,
}: FaultOptions): Promise<FaultResult[]> {
  const results: FaultResult[] = [];
  for (const fault of faults) {
    const result = await plant(fault, seed);
    onResult?.(result);
    results.push(result);
  }
  return results;
}

async function plant(fault: Fault, seed: string): Promise<FaultResult> {
  const { name, isBroken } = fault;
  const rounds = isBroken ? ROUNDS_MAX : 1;
  for (let round = 1; round <= rounds; round += 1) {
    const { violations } = await fault.run(`${seed}/${name}/${round}`);
    const rules = [...new Set(violations.map((violation) => violation.rule))];
    const words =
      rules.length === 0
        ? 'nothing found'
        : `${violations.length} violations (${rules.join(', ')})`;
    if (violations.length > 0 || !isBroken)
      return { name, isBroken, isRight: violations.length > 0 === isBroken, words };
  }
  return { name, isBroken, isRight: false, words: `nothing found in ${rounds} rounds` };
}
