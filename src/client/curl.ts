/** A call as a command line, for people to repeat it. */
import type { DoneCall } from './call-types.ts';

/** Asks for the key in the environment; secrets of the call itself were never in it. */
export function curlOf(
  call: Pick<DoneCall, 'method' | 'path' | 'requestBody'>,
  baseUrl: string,
): string {
  const { method, path, requestBody } = call;
  const isText = typeof requestBody === 'string';
  const parts = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quoted(baseUrl + path)}`,
    '-H "Authorization: Bearer $COMPTOIR_API_KEY"',
    ...(requestBody === undefined
      ? []
      : [
          ...(isText ? [] : [`-H ${quoted('Content-Type: application/json')}`]),
          `--data-raw ${quoted(isText ? requestBody : JSON.stringify(requestBody))}`,
        ]),
  ];
  return parts.join(' \\\n  ');
}

/** For a POSIX shell: nothing within single quotes means anything but the quote itself. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
