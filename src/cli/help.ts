import { EXIT, type Command, type OptionSpec } from './command.ts';
import { GLOBAL_OPTIONS } from './options.ts';

const EXIT_WORDS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'done',
  failed: 'failed',
  usage: 'the command line or the configuration cannot be used',
  partlyRejected: 'partly rejected',
  unreachable: 'the server cannot be reached',
  interrupted: 'interrupted',
};

/** The page of `comptoir` and `comptoir --help`. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }): [string, string] => [name, summary]);
  const codes = Object.entries(EXIT).map(([name, code]): [string, string] => [
    String(code),
    // safe because the entries of EXIT have exactly the keys of EXIT_WORDS.
    EXIT_WORDS[name as keyof typeof EXIT],
  ]);
  return `Comptoir keeps everything that happens to a business in one durable log.

Examples
${columns([
  ['comptoir start', 'start the server here'],
  ['comptoir ingest orders.ndjson', 'send a file of events'],
  ['comptoir tail', 'watch events arrive'],
])}

Commands
${columns(rows)}

"comptoir COMMAND --help" shows the examples and options of one command.
The server is found through COMPTOIR_URL and COMPTOIR_API_KEY, else through the file
cli.json that the server writes into its data folder.

Exit codes
${columns(codes)}
`;
}

/** The page of one command: examples first. */
export function commandHelp(command: Command): string {
  const examples = command.examples.map(({ line, says }) => `  # ${says}\n  comptoir ${line}`);
  const own = Object.entries(command.options).map(optionRow);
  const notes = command.notes === undefined ? '' : `\n${command.notes.join('\n')}\n`;
  return `${command.summary}.

Examples
${examples.join('\n\n')}

Usage
  comptoir ${[command.name, command.usage].join(' ').trim()}

Options
${columns([...own, ...Object.entries(GLOBAL_OPTIONS).map(optionRow)])}
${notes}`;
}

function optionRow([name, spec]: readonly [string, OptionSpec]): [string, string] {
  const short = spec.short === undefined ? '' : `-${spec.short}, `;
  const value = spec.type === 'text' ? ` ${spec.value ?? 'VALUE'}` : '';
  return [`${short}--${name}${value}`, spec.help];
}

/** Two columns, the left as wide as its longest entry. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n');
}
