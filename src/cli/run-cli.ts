/** From the words of a command line to an exit code. */
import { readFileSync } from 'node:fs';
import { closestWord } from '../config-closest-word.ts';
import { ConfigError, loadCliSettings, type RawEnvironment } from '../config.ts';
import { CliError, EXIT, messageOf, usageError, type Command, type ExitCode } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { commandHelp, overview } from './help.ts';
import { parseLine } from './options.ts';
import { ClosedPipe, createTerminal, type Terminal } from './terminal.ts';

export interface CliProcess {
  readonly line: readonly string[];
  readonly environment: RawEnvironment;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Aborted by the first request to stop. */
  readonly signal: AbortSignal;
}

export async function runCli(from: CliProcess): Promise<ExitCode> {
  const { stdin, stdout, stderr, environment } = from;
  const plain = { colour: false, animation: false };
  let terminal = createTerminal({ stdin, stdout, stderr, ...plain });
  try {
    const settings = loadCliSettings(environment);
    const { colour, animation } = settings;
    terminal = createTerminal({ stdin, stdout, stderr, colour, animation });
    const [name, ...rest] = from.line;
    if (name === undefined || name === '--help' || name === '-h' || name === 'help')
      return await showHelp(terminal, name === 'help' ? rest[0] : undefined);
    if (name === '--version') return await showVersion(terminal);
    const command = findCommand(name);
    const { options, words } = parseLine(rest, command.options);
    if (options.flag('help')) return await showHelp(terminal, name);
    checkWords(command, words);
    return await command.run({
      options,
      words,
      terminal,
      settings,
      environment,
      signal: from.signal,
    });
  } catch (error) {
    return ending(error, terminal, from.signal);
  }
}

function ending(error: unknown, terminal: Terminal, signal: AbortSignal): ExitCode {
  if (error instanceof ClosedPipe) return EXIT.ok;
  if (signal.aborted && !(error instanceof CliError)) return EXIT.interrupted;
  terminal.progress('');
  terminal.say(messageOf(error));
  if (error instanceof ConfigError) return EXIT.usage;
  return error instanceof CliError ? error.exit : EXIT.failed;
}

async function showHelp(terminal: Terminal, name: string | undefined): Promise<ExitCode> {
  await terminal.data(name === undefined ? overview(COMMANDS) : commandHelp(findCommand(name)));
  return EXIT.ok;
}

async function showVersion(terminal: Terminal): Promise<ExitCode> {
  const file = new URL('../../package.json', import.meta.url);
  // safe because it is our own package.json, which npm requires to have a version
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  await terminal.data(`${version}\n`);
  return EXIT.ok;
}

function findCommand(name: string): Command {
  const command = COMMANDS.find((each) => each.name === name);
  if (command !== undefined) return command;
  const near = closestWord(
    name,
    COMMANDS.map((each) => each.name),
  );
  throw usageError(
    `There is no command "${name}".${near === undefined ? '' : ` Did you mean "${near}"?`} "comptoir --help" lists them.`,
  );
}

function checkWords(command: Command, words: readonly string[]): void {
  const { min, max } = command.words;
  if (words.length >= min && words.length <= max) return;
  throw usageError(
    `Usage: comptoir ${[command.name, command.usage].join(' ').trim()}\n"comptoir ${command.name} --help" shows examples.`,
  );
}
