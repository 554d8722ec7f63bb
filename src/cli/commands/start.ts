import { EXIT, type Command, type CommandInput, type ExitCode } from '../command.ts';
import { startServer } from '../start-server.ts';

export const start: Command = {
  name: 'start',
  summary: 'Start the server here',
  usage: '',
  examples: [
    { line: 'start', says: 'with its own PostgreSQL, data in ./.comptoir' },
    { line: 'start   # with COMPTOIR_DATABASE_URL set', says: 'on a PostgreSQL server you have' },
  ],
  options: {},
  words: { min: 0, max: 0 },
  notes: ['It is configured by environment variables: docs/reference/configuration.md.'],
  run,
};

async function run(input: CommandInput): Promise<ExitCode> {
  // Loaded here, because every other command does without the server's code.
  const { createApp } = await import('../../app.ts');
  await startServer({
    environment: input.environment,
    open: createApp,
    exit: (code) => process.exit(code),
    stdout: process.stdout,
    stderr: process.stderr,
  });
  return EXIT.ok;
}
