import type { Refusal } from '../../src/core/aggregate.ts';
import { ERROR_TABLE, Failure } from '../../src/core/errors.ts';
import type { ErrorCode } from '../../src/core/errors.ts';
import type { BusinessModule } from '../../src/core/module.ts';
import { statusOf } from '../../src/http/problem.ts';

/**
 * The text of `docs/reference/errors.md`: the table of codes with the HTTP status that each is answered with, and the
 * refusals of the modules, all of them 409.
 */
export function errorsPage(modules: readonly BusinessModule[]): string {
  // Safe because ERROR_TABLE is a constant whose keys are the codes.
  const codes = Object.keys(ERROR_TABLE) as ErrorCode[];
  return `<!-- Generated from src/core/errors.ts, src/http/problem.ts and src/modules. Do not edit. -->

# Error codes

Every refusal and failure carries one of these codes, over HTTP as \`code\` of a problem document (RFC 9457), on the command
line in the message. Codes never change their meaning; decide by the code, never by the text.

| code | status | may a retry succeed? |
|---|---|---|
${codes.map(row).join('\n')}

${codes.map(section).join('\n')}
# Refusals

What a business module refuses is answered with 409 and one of these codes; \`details\` says more where there is more to say.
Nothing was changed. [The modules](modules.md) with their commands.

${modules.map(refusals).join('\n')}`;
}

function refusals({ title, aggregates }: BusinessModule): string {
  const all = aggregates.flatMap(({ aggregate }) => Object.entries(aggregate.refusals));
  return `## ${title}\n\n${all.map(refusal).join('\n')}`;
}

function refusal([code, { sentence, remedy }]: readonly [string, Refusal]): string {
  return `### ${code}\n\n${sentence}\n\n- Remedy: ${remedy}\n`;
}

function row(code: ErrorCode): string {
  const retry = new Failure(code, '').retryable ? 'yes, with the same ids' : 'no';
  return `| [${code}](#${code.toLowerCase()}) | ${statusOf(code)} | ${retry} |`;
}

function section(code: ErrorCode): string {
  const { sentence, cause, remedy } = ERROR_TABLE[code];
  return `## ${code}

${sentence} HTTP status ${statusOf(code)}.

- Cause: ${cause}
- Remedy: ${remedy}
`;
}
