import { ask } from '../answers.ts';
import { CliError, EXIT, type Command, type CommandInput, type ExitCode } from '../command.ts';
import { findConnection } from '../connection.ts';
import {
  configurationCheck,
  diskCheck,
  folderCheck,
  NO_SERVER,
  nodeCheck,
  serverChecks,
} from '../doctor.ts';
import { type Check } from '../check.ts';
import { keyStoreCheck } from '../doctor-keys.ts';
import { workersCheck } from '../doctor-workers.ts';
import { createHttpClient } from '../http-client.ts';
import { qualityText } from '../quality-text.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'Check this installation and say what to mend',
  usage: '[--quality]',
  examples: [
    { line: 'doctor', says: 'is everything as it should be' },
    { line: 'doctor --quality', says: 'how good the events of each type are' },
  ],
  options: {
    quality: { type: 'flag', help: 'The report on data quality instead.' },
  },
  words: { min: 0, max: 0 },
  notes: ['It fails when one check fails; a warning is no failure.'],
  run,
};

async function run(input: CommandInput): Promise<ExitCode> {
  return input.options.flag('quality') ? await quality(input) : await checkUp(input);
}

async function quality(input: CommandInput): Promise<ExitCode> {
  const client = createHttpClient({ connection: findConnection(input.settings) });
  try {
    const report = await ask(client, { method: 'GET', path: '/v1/quality' });
    await input.terminal.data(
      input.options.flag('json') ? `${JSON.stringify(report)}\n` : qualityText(report),
    );
  } finally {
    client.close();
  }
  return EXIT.ok;
}

const MARKS = { ok: 'good', warn: 'warn', fail: 'bad' } as const;

async function checkUp(input: CommandInput): Promise<ExitCode> {
  const { settings, terminal } = input;
  const checks: Check[] = [
    nodeCheck(process.versions.node),
    configurationCheck(input.environment),
    keyStoreCheck(input.environment),
    workersCheck(),
    await folderCheck(settings.dataDir),
    await diskCheck(settings.dataDir),
    ...(await checksOfServer(input)),
  ];
  const width = Math.max(...checks.map(({ name }) => name.length));
  if (input.options.flag('json')) await terminal.data(`${JSON.stringify({ checks })}\n`);
  else
    for (const { name, result, found, fix } of checks) {
      const mark = terminal.paint(MARKS[result], result.padEnd(4));
      const advice = fix === undefined ? '' : `\n${' '.repeat(width + 8)}${fix}`;
      await terminal.data(`${mark}  ${name.padEnd(width)}  ${found}${advice}\n`);
    }
  const failed = checks.filter(({ result }) => result === 'fail');
  if (failed.length === 0) return EXIT.ok;
  return failed.every(({ name }) => name === NO_SERVER) ? EXIT.unreachable : EXIT.failed;
}

/** Short: a server that takes longer to say that it lives is not well. */
const ANSWER_MAX_MS = 5000;
/** Folding a bucket again takes seconds, and many on a server that has other things to do. */
const FOLDED_MAX_MS = 60_000;

async function checksOfServer(input: CommandInput): Promise<Check[]> {
  let connection;
  try {
    connection = findConnection(input.settings);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const fix = 'Start one with "comptoir start", or set COMPTOIR_URL and COMPTOIR_API_KEY.';
    return [{ name: NO_SERVER, result: 'fail', found: 'none is known here', fix }];
  }
  const client = createHttpClient({ connection, timeoutMs: ANSWER_MAX_MS });
  const patient = createHttpClient({ connection, timeoutMs: FOLDED_MAX_MS });
  try {
    return await serverChecks({ client, patient }, Date.now);
  } finally {
    client.close();
    patient.close();
  }
}
