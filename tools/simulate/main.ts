/**
 * `npm run simulate -- --seed N` repeats one run, `-- --seeds K [--from S]` runs many, `-- --bugs` looks for the planted
 * defects. Exit 0 when everything holds (every defect was found), 1 when not, 2 for a line that cannot be understood.
 */
import { parseArgs } from 'node:util';
import { huntBugs } from './bugs/hunt.ts';
import { runSeed, type RunResult } from './run.ts';

const USAGE = `Runs deciders, pipeline, projections and policies in simulated processes, in virtual time, with faults.

  npm run simulate -- --seed N [--verbose]     one run, the same whenever it is run
  npm run simulate -- --seeds K [--from S]     seeds S to S + K - 1 (S is 1 unless said)
  npm run simulate -- --bugs [--from S]        the planted defects: how many of them are found
`;
/** Where a planted defect is given up: most are found within three. */
const BUG_SEEDS_MAX = 100;
/** Between two lines that tell how far a long run is. */
const PROGRESS_SEEDS = 250;

function numberOf(text: string | undefined, fallback: number): number {
  const value = Number(text ?? fallback);
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError(`${text} is not a number`);
  return value;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function told({ seed, finding, hash, events, steps, virtualMs, crashes }: RunResult): string {
  const outcome = finding === null ? 'holds' : `VIOLATED ${finding.check}: ${finding.message}`;
  const seconds = (virtualMs / 1_000).toFixed(1);
  return `seed ${seed} ${outcome}\n  trace ${hash}\n  ${events} events, ${steps} steps, ${seconds} simulated seconds, ${crashes} processes ended`;
}

async function runOne(seed: number, verbose: boolean): Promise<boolean> {
  const result = await runSeed(seed, verbose ? { print: say } : {});
  say(told(result));
  return result.finding === null;
}

async function runMany(from: number, count: number): Promise<boolean> {
  const startMs = performance.now();
  const violated: number[] = [];
  for (let seed = from; seed < from + count; seed += 1) {
    const result = await runSeed(seed);
    if (result.finding !== null) {
      violated.push(seed);
      say(told(result));
      say(`  again: npm run simulate -- --seed ${seed} --verbose`);
    }
    const done = seed - from + 1;
    if (done % PROGRESS_SEEDS > 0 && done < count) continue;
    const perSecond = (done * 1_000) / (performance.now() - startMs);
    say(`${done} of ${count} seeds, ${violated.length} violated, ${perSecond.toFixed(1)} a second`);
  }
  return violated.length === 0;
}

async function hunt(from: number): Promise<boolean> {
  const all = await huntBugs({
    from,
    seedsMax: BUG_SEEDS_MAX,
    onCaught({ bug, found }) {
      const how = found === null ? 'NOT FOUND' : `seed ${found.seed}, ${found.check}`;
      say(`${how.padEnd(28)} ${bug}`);
    },
  });
  const caught = all.filter(({ found }) => found !== null).length;
  say(`caught ${caught} of ${all.length}`);
  return caught === all.length;
}

async function main(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seed: { type: 'string' },
      seeds: { type: 'string' },
      from: { type: 'string' },
      bugs: { type: 'boolean' },
      verbose: { type: 'boolean' },
    },
  });
  const from = numberOf(values.from, 1);
  let holds: boolean;
  if (values.bugs === true) holds = await hunt(from);
  else if (values.seeds !== undefined) holds = await runMany(from, numberOf(values.seeds, 1));
  else if (values.seed !== undefined)
    holds = await runOne(numberOf(values.seed, 1), values.verbose === true);
  else {
    process.stderr.write(USAGE);
    return 2;
  }
  return holds ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
