import { EXIT, CliError, type Command, type CommandInput, type ExitCode } from '../command.ts';
import { readCliFile } from '../connection.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'Back the embedded database up while it serves',
  usage: 'DIR',
  examples: [{ line: 'backup /mnt/backups/2026-11-21', says: 'into a new folder' }],
  options: {},
  words: { min: 1, max: 1 },
  notes: [
    'Run it on the server’s machine, as the user who started the server. The folder appears',
    'when the backup is whole and compared with its checksums. A database named by',
    'COMPTOIR_DATABASE_URL is backed up with its own tools.',
  ],
  run,
};

async function run(input: CommandInput): Promise<ExitCode> {
  const [directory = ''] = input.words;
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

export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
