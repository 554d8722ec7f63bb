import { EXIT, type Command, type CommandInput, type ExitCode } from '../command.ts';
import { megabytes } from './backup.ts';

export const restore: Command = {
  name: 'restore',
  summary: 'Restore a backup into an empty data folder',
  usage: 'DIR',
  examples: [
    {
      line: 'restore /mnt/backups/2026-11-21',
      says: 'into COMPTOIR_DATA_DIR, with no server running',
    },
  ],
  options: {},
  words: { min: 1, max: 1 },
  notes: [
    'Cursors handed out by the old server answer CURSOR_FOREIGN afterwards: they may point',
    'to events that the backup does not hold. API keys stay as they were, but the backup holds',
    'only their hashes: give COMPTOIR_API_KEY to the commands that ask the restored server.',
  ],
  run,
};

async function run(input: CommandInput): Promise<ExitCode> {
  const [directory = ''] = input.words;
  const { dataDir, dataDirChosen: dataDirExplicit } = input.settings;
  const { restoreFrom } = await import('../../platform/postgres/restore.ts');
  input.terminal.progress('Unpacking and comparing ...');
  const restored = await restoreFrom({ directory, dataDir, dataDirExplicit });
  input.terminal.progress('');
  for (const notice of restored.notices) input.terminal.say(notice);
  const { marker } = restored;
  await input.terminal.data(
    input.options.flag('json')
      ? `${JSON.stringify({ dataDir: restored.dataDir, ...marker })}\n`
      : `${restored.dataDir}: ${marker.files} files, ${megabytes(marker.bytes)} MB, as of ${marker.endedAt}\n`,
  );
  input.terminal.say(
    'Start the server with "comptoir start". Its API keys are those of the backup: set COMPTOIR_API_KEY to one of them.',
  );
  return EXIT.ok;
}
