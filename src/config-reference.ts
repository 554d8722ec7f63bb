import { PROFILE_TABLE } from './config.ts';
import { VARIABLES, type Variable } from './config-schema.ts';

/** The text of `docs/reference/configuration.md`, made from the schema of the environment. */
export function configurationReference(): string {
  return `<!-- Generated from src/config-schema.ts. Do not edit. -->

# Configuration

Comptoir is configured by environment variables. All of them are optional. An unknown \`COMPTOIR_\` variable or a wrong
value stops the start with one message that lists every fault. An empty value counts as not given.

A secret may also come from a file: set the variable's name with \`_FILE\` at the end to the file's path. A line break at
the end of the file is ignored.

| variable | what it does | value | default |
|---|---|---|---|
${VARIABLES.map(row).join('\n')}

## Profiles

| profile | PostgreSQL | connections of a process | for |
|---|---|---|---|
${Object.entries(PROFILE_TABLE).map(profileRow).join('\n')}

## Variables of others

\`OTEL_EXPORTER_OTLP_ENDPOINT\`, \`OTEL_EXPORTER_OTLP_TRACES_ENDPOINT\` or \`OTEL_TRACES_EXPORTER\` turns tracing on: one span
for each batch, given to the OpenTelemetry SDK that was loaded with \`node --import\`. \`OTEL_SDK_DISABLED=true\` or
\`OTEL_TRACES_EXPORTER=none\` turns it off. \`NO_COLOR\` and \`TERM=dumb\` keep colour and animation away from the command line.
`;
}

const PROFILE_WORDS: Readonly<Record<string, string>> = {
  embedded: 'a laptop, a single shop, tests',
  single: 'one server, several processes',
  scaled: 'three machines and up',
};

function profileRow([name, derived]: [
  string,
  { database: string; connectionsMax: number },
]): string {
  const own = derived.database === 'embedded';
  const database = own
    ? 'started as a child, data under COMPTOIR_DATA_DIR'
    : 'COMPTOIR_DATABASE_URL';
  return `| \`${name}\` | ${database} | ${derived.connectionsMax} | ${PROFILE_WORDS[name] ?? ''} |`;
}

function row(variable: Variable): string {
  const name = `\`${variable.name}\`${variable.secret === true ? ` or \`${variable.name}_FILE\`` : ''}`;
  const value =
    variable.shownDefault ?? (variable.default === undefined ? 'none' : `\`${variable.default}\``);
  return `| ${name} | ${variable.description} | ${variable.expects} | ${value} |`;
}
