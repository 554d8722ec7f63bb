import { loadConfig } from '../../config.ts';
import {
  EXIT,
  CliError,
  usageError,
  type Command,
  type CommandInput,
  type ExitCode,
} from '../command.ts';
import { readCliFile } from '../connection.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'Back the embedded database up while it serves',
  usage: 'DIR | --keys DIR',
  examples: [
    { line: 'backup /mnt/backups/2026-11-21', says: 'into a new folder' },
    {
      line: 'backup --keys /mnt/keys/2026-11-21',
      says: 'the keys of personal data, to be kept elsewhere',
    },
  ],
  options: {
    keys: { type: 'text', value: 'DIR', help: 'Copy the key store into a new folder instead.' },
  },
  words: { min: 0, max: 1 },
  notes: [
    'Run it on the server’s machine, as the user who started the server. The folder appears',
    'when the backup is whole and compared with its checksums. A database named by',
    'COMPTOIR_DATABASE_URL is backed up with its own tools.',
    '',
    'A backup holds no keys: without a copy of the key store its personal fields stay sealed.',
    'A copy of the key store from before an erasure opens them again: keep few, and not long.',
  ],
  run,
};

async function run(input: CommandInput): Promise<ExitCode> {
  const keysTo = input.options.text('keys');
  if (keysTo !== undefined) return backupKeys(input, keysTo);
  const [directory] = input.words;
  if (directory === undefined) throw usageError(`Usage: comptoir backup ${backup.usage}`);
  const { databaseUrl } = readCliFile(input.settings);
  if (databaseUrl === undefined)
    throw new CliError(
      EXIT.failed,
      `No embedded database is known in ${input.settings.dataDir}. Run this where the server runs, with the same COMPTOIR_DATA_DIR.`,
    );
  // Loaded here, because every other command does without the database driver.
  const { backupTo } = await import('../../platform/postgres/backup.ts');
  input.terminal.progress('Reading the database ...');
  const marker = await backupTo({ url: databaseUrl, directory }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED')
      throw new CliError(EXIT.unreachable, 'The database does not answer. Is the server running?', {
        cause: error,
      });
    throw error;
  });
  input.terminal.progress('');
  const { archive, bytes, files } = marker;
  await input.terminal.data(
    input.options.flag('json')
      ? `${JSON.stringify({ directory, ...marker })}\n`
      : `${directory}: ${files} files, ${megabytes(bytes)} MB in ${megabytes(archive.bytes)} MB\n`,
  );
  return EXIT.ok;
}

async function backupKeys(input: CommandInput, to: string): Promise<ExitCode> {
  const { keys } = loadConfig(input.environment);
  if (keys.kind === 'database')
    throw new CliError(
      EXIT.failed,
      'The key store is the database of COMPTOIR_KEYS_URL: back it up with its own tools.',
    );
  const { copyKeyDirectory } = await import('../../platform/keys/copy-directory.ts');
  const files = await copyKeyDirectory(keys.path, to);
  await input.terminal.data(
    input.options.flag('json')
      ? `${JSON.stringify({ directory: to, files })}\n`
      : `${to}: ${files} files\n`,
  );
  return EXIT.ok;
}

export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
