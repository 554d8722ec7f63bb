/** Entry of `npm run bench -- NAME --json`: runs one bench and prints its figures beside the budgets. */
import { append } from './benches/append.ts';
import { business } from './benches/business.ts';
import { campaign } from './benches/campaign.ts';
import { commands } from './benches/commands.ts';
import { consoleBench } from './benches/console.ts';
import type { BenchContext } from './benches/context.ts';
import { documents } from './benches/documents.ts';
import { find } from './benches/find.ts';
import { ingest } from './benches/ingest.ts';
import { jobs } from './benches/jobs.ts';
import { overload } from './benches/overload.ts';
import { projection } from './benches/projection.ts';
import { quiz } from './benches/quiz.ts';
import { replay } from './benches/replay.ts';
import { scale } from './benches/scale.ts';
import { soak } from './benches/soak.ts';
import { start } from './benches/start.ts';
import { tails } from './benches/tails.ts';
import { verdictsOf } from './budgets.ts';
import type { BenchName, BenchResult } from './fields.ts';
import { missingFields } from './fields.ts';
import type { BenchOptions } from './options.ts';
import { parseOptions, USAGE, UsageError } from './options.ts';
import { createScope } from './scope.ts';

const BENCHES: Readonly<Record<BenchName, (context: BenchContext) => Promise<BenchResult>>> = {
  ingest,
  append,
  replay,
  find,
  scale,
  soak,
  start,
  commands,
  business,
  quiz,
  campaign,
  documents,
  console: consoleBench,
  projection,
  jobs,
  tails,
  overload,
};

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;

process.exit(await main(process.argv.slice(2)));

async function main(argv: readonly string[]): Promise<number> {
  let options: BenchOptions;
  try {
    options = parseOptions(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n${USAGE}\n`);
    return EXIT_USAGE;
  }
  // Words go to stderr and the object is written after everything was closed, so that it is the last line.
  const scope = createScope((line) => void process.stderr.write(`${line}\n`));
  const interrupt = (): void => void scope.close().then(() => process.exit(EXIT_INTERRUPTED));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  let result: BenchResult;
  try {
    result = await BENCHES[options.name]({ options, scope });
  } catch (error) {
    scope.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return EXIT_FAILED;
  } finally {
    await scope.close();
  }
  print(options, result, scope.say);
  const missing = missingFields(options.name, result);
  if (missing.length === 0) return 0;
  process.stderr.write(`not measured: ${missing.join(', ')}\n`);
  return EXIT_FAILED;
}

/** Budgets for a person, then the object; with --json the object is the last and only line of stdout. */
function print(options: BenchOptions, result: BenchResult, say: (line: string) => void): void {
  for (const { field, value, limit, ok } of verdictsOf(options.name, result))
    say(`${ok ? 'ok   ' : 'short'}  ${field} ${String(value)}  (budget ${limit})`);
  const { name, seed, ids, rounds, seconds } = options;
  const whole = { bench: name, ...result, settings: { seed, ids, rounds, seconds } };
  process.stdout.write(`${JSON.stringify(whole, null, options.json ? undefined : 2)}\n`);
}
