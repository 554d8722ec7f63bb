import { COMMANDS } from '../../src/cli/commands/index.ts';
import { commandHelp, overview } from '../../src/cli/help.ts';

/** The text of `docs/reference/cli.md`: what `comptoir --help` and the help of each command print. */
export function commandLinePage(): string {
  const sections = COMMANDS.map(
    (command) => `## ${command.name}\n\n${fenced(commandHelp(command))}\n`,
  );
  return `<!-- Generated from src/cli/commands. Do not edit. -->

# Command line

\`npm run comptoir -- COMMAND\` or \`bin/comptoir COMMAND\`. Data goes to standard output, words to standard error.

${fenced(overview(COMMANDS))}

${sections.join('\n')}`;
}

function fenced(text: string): string {
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
}
