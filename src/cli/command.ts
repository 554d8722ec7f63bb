/** What a command is, and how it ends. `commands/index.ts` lists them; `run-cli.ts` finds, parses and runs one. */
import type { CliSettings, RawEnvironment } from '../config.ts';

import type { Terminal } from './terminal.ts';

export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  partlyRejected: 3,
  unreachable: 4,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface OptionSpec {
  readonly type: 'text' | 'flag';
  readonly short?: string;
  /** May be given several times. */
  readonly multiple?: true;
  /** What stands for the value in the help, in capitals. */
  readonly value?: string;
  readonly help: string;
}

export interface Example {
  readonly line: string;
  readonly says: string;
}

export interface Command {
  readonly name: string;
  /** One line without a full stop, as in a list. */
  readonly summary: string;
  /** What follows the name, for example `FILE|- [options]`. */
  readonly usage: string;
  readonly examples: readonly Example[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly words: { readonly min: number; readonly max: number };
  /** Sentences below the options, wrapped by hand. */
  readonly notes?: readonly string[];
  run(input: CommandInput): Promise<ExitCode>;
}

export interface CommandInput {
  readonly options: Options;
  /** The words that are no options. */
  readonly words: readonly string[];
  readonly terminal: Terminal;
  readonly settings: CliSettings;
  readonly environment: RawEnvironment;
  /** Aborted by the first Ctrl-C or SIGTERM; the second ends the process. */
  readonly signal: AbortSignal;
}

/** Ends a command with words for a person and an exit code for a script. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exit: ExitCode;

  constructor(exit: ExitCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.exit = exit;
  }
}

export const usageError = (message: string): CliError => new CliError(EXIT.usage, message);

/** For a switch or a lookup: the text of what was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Options as given, read by name. */
export interface Options {
  flag(name: string): boolean;
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  /** A number within `range`, or `fallback` when absent. Errors: usage. */
  number(name: string, range: NumberRange): number;
}

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly fallback: number;
  readonly whole?: boolean;
}
