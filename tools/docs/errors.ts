import { ERROR_TABLE, Failure } from '../../src/core/errors.ts';
import type { ErrorCode } from '../../src/core/errors.ts';
import { statusOf } from '../../src/http/problem.ts';

/** The text of `docs/reference/errors.md`: the table of codes with the HTTP status that each is answered with. */
export function errorsPage(): string {
  // Safe because ERROR_TABLE is a constant whose keys are the codes.
  const codes = Object.keys(ERROR_TABLE) as ErrorCode[];
  return `<!-- Generated from src/core/errors.ts and src/http/problem.ts. Do not edit. -->

# Error codes

Every refusal and failure carries one of these codes, over HTTP as \`code\` of a problem document (RFC 9457), on the command
line in the message. Codes never change their meaning; decide by the code, never by the text.

| code | status | may a retry succeed? |
|---|---|---|
${codes.map(row).join('\n')}

${codes.map(section).join('\n')}`;
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
