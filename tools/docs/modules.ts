/** The text of `docs/reference/modules.md`: what every module can do, from its definition. */
import { wireType, type EventType } from '../../src/core/event-type.ts';
import type { BusinessModule } from '../../src/core/module.ts';
import { camelOf, mountedOf, type Mounted } from '../../src/http/modules/addresses.ts';

export function modulesPage(modules: readonly BusinessModule[]): string {
  return `<!-- Generated from src/modules. Do not edit. -->

# Modules

Each business module with its commands, events and lists. Every command takes \`Idempotency-Key\`, all but the creating ones
\`If-Match\` too; every list and detail takes \`at\` and \`wait\`. The whole interface with examples stands in \`/openapi.json\` and
\`/docs\`, the refusals in [the error codes](errors.md#refusals), and the same as data at \`GET /v1/modules\`.

${modules.map(moduleSection).join('\n')}`;
}

function moduleSection(module: BusinessModule): string {
  const { name, title, summary, policies } = module;
  const mounted = mountedOf(module);
  const answers = policies.map(
    (policy) =>
      `- \`${policy.name}\` answers ${policy.on.map((type) => `\`${wireType(type)}\``).join(', ')}`,
  );
  return `## ${title}

${summary} Scopes: \`${name}:read\`, \`${name}:write\`. [More](../../src/modules/${name}/README.md).

${mounted.map((each) => aggregateSection(each)).join('\n')}${answers.length === 0 ? '' : `\nPolicies:\n\n${answers.join('\n')}\n`}`;
}

function aggregateSection({ aggregate, singular, path, list }: Mounted): string {
  const commands = aggregate.commands.map(
    ({ name, word, summary }) =>
      `| ${name} | \`POST ${word === null ? path : `${path}/{id}/${word}`}\` | ${summary} |`,
  );
  const filters = Object.keys(list.list?.filters ?? {}).map((filter) => `\`${filter}\``);
  const columns = Object.keys(list.columns).map((column) => `\`${camelOf(column)}\``);
  return `| command of a ${singular} | address | what it does |
|---|---|---|
${commands.join('\n')}

| event | type | earlier versions | personal fields |
|---|---|---|---|
${aggregate.events.map(eventRow).join('\n')}

\`GET ${path}\` lists ${columns.join(', ')}${filters.length === 0 ? '' : `, with the filters ${filters.join(', ')}`}; \`GET ${path}/{id}\`
and \`GET ${path}/{id}/history\` tell of one ${singular}.
`;
}

function eventRow(type: EventType): string {
  const earlier = Array.from({ length: type.version - 1 }, (_, index) => `v${index + 1}`);
  const personal = (type.personal?.fields ?? []).map((field) => `\`${field}\``);
  return `| ${type.name} | \`${wireType(type)}\` | ${earlier.join(', ')} | ${personal.join(', ')} |`;
}
