/**
 * `npm run chaos -- crash --kills N [--seed S]` proves that kill -9 loses nothing; `npm run chaos -- faults [--seed S]`
 * proves that the proof would notice: it plants faults one after another and counts how many the checker catches;
 * `npm run chaos -- work --kills N [--only KIND,...] [--seed S]` kills in the middle of imports, backups, restores, rebuilds,
 * erasures and the upkeep of the log, N times each.
 * Exit code 0 when everything holds, 1 when not, 2 when asked for something else.
 */
import { parseArgs } from 'node:util';
import type { KillReport } from './crash/messages.ts';
import { runCrash } from './crash/run.ts';
import { type FaultResult, runFaults } from './faults/run.ts';
import { describeVerdict } from './report.ts';
import { runWork, WORKS, type WorkOptions } from './work/run.ts';

const KILLS_DEFAULT = 20;
const KILLS_MAX = 10_000;

const HELP = `npm run chaos -- crash [--kills N] [--seed S]   kill -9 under load, then compare ledger, log and tails
npm run chaos -- faults [--seed S]               plant faults and show that the comparison catches each
npm run chaos -- work [--kills N] [--only KIND,..]   kill -9 in the middle of ${Object.keys(WORKS).join(', ')}`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      kills: { type: 'string', default: String(KILLS_DEFAULT) },
      seed: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const seed = values.seed ?? String(Date.now());
  const kills = Number(values.kills);
  if (positionals[0] === 'faults') return faults(seed);
  const only = values.only?.split(',');
  if (Number.isInteger(kills) && kills > 0 && kills <= KILLS_MAX) {
    if (positionals[0] === 'crash') return crash(kills, seed);
    if (positionals[0] === 'work' && (only ?? []).every((name) => name in WORKS))
      return work({ kills, seed, only });
  }
  console.error(HELP);
  return 2;
}

async function crash(kills: number, seed: string): Promise<number> {
  const onKill = (report: KillReport, acknowledged: number): void =>
    console.log(
      `kill ${report.kill} of ${kills}: ${report.target}, back after ${report.downMs} ms, ${acknowledged} events acknowledged so far`,
    );
  const { verdict } = await runCrash({ kills, seed, onKill });
  if (verdict.unknownOutcomes === 0)
    console.log('BROKEN run: no unknown outcome, so the load was not running');
  console.log(describeVerdict(verdict, { kills, seed }));
  return verdict.violations.length === 0 && verdict.unknownOutcomes > 0 ? 0 : 1;
}

async function faults(seed: string): Promise<number> {
  const onResult = ({ name, words, isBroken, isRight }: FaultResult): void => {
    const verdict = isBroken ? (isRight ? 'caught' : 'MISSED') : isRight ? 'clean' : 'FALSE ALARM';
    console.log(`${verdict} ${name}: ${words}`);
  };
  const results = await runFaults({ seed, onResult });
  const planted = results.filter((result) => result.isBroken);
  const caught = planted.filter((result) => result.isRight).length;
  console.log(`caught ${caught} of ${planted.length} (seed ${seed})`);
  return results.every((result) => result.isRight) ? 0 : 1;
}

async function work(options: WorkOptions): Promise<number> {
  const results = await runWork({
    ...options,
    onRound: (name, { hit, wrong }) =>
      console.log(
        [`${wrong.length === 0 ? 'right' : 'BROKEN'} ${name}: ${hit}`, ...wrong].join('\n  '),
      ),
  });
  for (const { name, kills, wrong } of results)
    console.log([`${name}: ${wrong.length} wrong after ${kills} kills`, ...wrong].join('\n  '));
  console.log(`seed ${options.seed}`);
  return results.every(({ wrong }) => wrong.length === 0) ? 0 : 1;
}

process.exitCode = await main();
