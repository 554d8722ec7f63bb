/** Command lines that show how an operation is called: the address and the key come from the environment. */
import type { Operation } from './openapi.ts';

export interface DocumentedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

interface Shown {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface ShownParameter {
  readonly name: string;
  readonly in: string;
  readonly example?: unknown;
}

export function curlText({ method, path, operation }: DocumentedOperation): string {
  // safe because the document was made from described parameters
  const parameters = (operation.parameters ?? []) as readonly ShownParameter[];
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const known = parameters.find((each) => each.in === 'path' && each.name === name)?.example;
    return typeof known === 'string' || typeof known === 'number'
      ? encodeURIComponent(known)
      : name.toUpperCase();
  });
  const verb = method === 'GET' ? '' : `-X ${method} `;
  const [first] = Object.entries(contentOf(operation.requestBody));
  const isStream = JSON.stringify(operation.responses).includes('text/event-stream');
  return [
    `curl ${isStream ? '-N ' : ''}${verb}"$COMPTOIR_URL${filled}"`,
    ...(operation.security.length === 0 ? [] : ['-H "Authorization: Bearer $COMPTOIR_API_KEY"']),
    ...(first === undefined ? [] : bodyParts(first[0], first[1])),
  ].join(' \\\n  ');
}

function bodyParts(type: string, content: Shown): readonly string[] {
  const text = exampleText(content, !type.endsWith('ndjson'));
  // Bytes come from a file.
  const data = text === undefined ? '--data-binary @FILE' : `-d ${quoted(text)}`;
  const shown = type === '*/*' ? 'application/octet-stream' : type;
  return [`-H 'Content-Type: ${shown}'`, data];
}

/** The first example as text; undefined for none. */
export function exampleText(
  { example, examples = {} }: Shown,
  isIndented = true,
): string | undefined {
  const value = example ?? Object.values(examples)[0]?.value;
  if (value === undefined || typeof value === 'string') return value;
  return JSON.stringify(value, null, isIndented ? 2 : 0);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function contentOf(part: object | undefined): Readonly<Record<string, Shown>> {
  if (part === undefined || !('content' in part)) return {};
  // safe because the document was made from described bodies
  return part.content as Readonly<Record<string, Shown>>;
}
