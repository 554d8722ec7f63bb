/** From an HTTP answer to a value or to words with an exit code. */
import { CliError, EXIT, type ExitCode } from './command.ts';
import {
  Unreachable,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
} from './http-client.ts';
import { parseKeepingNumbers, textMember } from './json.ts';

/** Short enough for a person, long enough for a restart of the server. */
export const RETRY_FOR_MS = 5000;

/**
 * Sends, and gives the parsed body of a 2xx answer. Errors: CliError; `usage` for a question whose values cannot be used,
 * since they came from the command line.
 */
export async function ask(client: HttpClient, request: HttpRequest): Promise<unknown> {
  try {
    const safe = request.method === 'GET';
    const response = await (safe
      ? client.send(request, { forMs: RETRY_FOR_MS })
      : client.once(request));
    if (safe && response.status === 400) throw refused(response, EXIT.usage);
    return bodyOf(response);
  } catch (error) {
    throw unreachable(error);
  }
}

export function bodyOf(response: HttpResponse): unknown {
  if (response.status < 200 || response.status > 299) throw refused(response);
  if (response.text === '') return undefined;
  try {
    return parseKeepingNumbers(response.text);
  } catch (error) {
    throw new CliError(
      EXIT.failed,
      'The answer is not JSON. Is there another program at this address?',
      { cause: error },
    );
  }
}

export function unreachable(error: unknown): unknown {
  if (!(error instanceof Unreachable)) return error;
  return new CliError(
    EXIT.unreachable,
    `${error.message} Is the server running? "comptoir doctor" says more.`,
    { cause: error },
  );
}

/** Words for a refusal: what the problem document says, with its code and trace id. */
export function refused(response: HttpResponse, exit: ExitCode = EXIT.failed): CliError {
  const problem = problemOf(response);
  const shown = [
    problem.code,
    problem.traceId === undefined ? undefined : `trace ${problem.traceId}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
  return new CliError(exit, `${problem.detail} (${shown})${whatToDo(problem)}`);
}

/** Where the server's own words speak to programs, those for a person follow. */
function whatToDo({ code }: Problem): string {
  return code === 'UNAUTHENTICATED'
    ? '\nSet COMPTOIR_API_KEY to a key of this server, or run this as the user who started it.'
    : '';
}

export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly traceId: string | undefined;
}

export function problemOf(response: Pick<HttpResponse, 'status' | 'text'>): Problem {
  let body: unknown;
  try {
    body = JSON.parse(response.text);
  } catch {
    body = undefined;
  }
  return {
    code: textMember(body, 'code') ?? `HTTP ${response.status}`,
    detail: textMember(body, 'detail') ?? textMember(body, 'title') ?? 'The server refused.',
    traceId: textMember(body, 'traceId'),
  };
}
