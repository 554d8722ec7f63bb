/** From an operation and its arguments to what fetch takes. */
import type { PlainArguments } from './call-types.ts';

export interface PreparedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** The same without what must not be shown: a token in the path keeps its name. */
  readonly shownPath: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Blob | Uint8Array<ArrayBuffer> | string | undefined;
  readonly traceId: string;
}

/** Names of parameters and fields that give access to whoever sees them. */
const SECRET_NAME =
  /^(?:token|secret|password|code|pin|key|api_?key|recovery_?codes?|totp)$|password|pin$|secret$|token$/i;
export const HIDDEN = '***';

export function prepared(operation: string, args: PlainArguments): PreparedRequest {
  const [method = '', template = ''] = operation.split(' ');
  const { params = {}, query = {}, idempotencyKey, ifMatch } = args;
  const traceId = randomHex(16);
  const body = bodyOf(args.body);
  const isJson = typeof body === 'string' && typeof args.body !== 'string';
  return {
    method,
    path: filled(template, params) + searchOf(query),
    shownPath: filled(template, hidden(params)) + searchOf(hidden(query)),
    headers: {
      accept: 'application/json',
      traceparent: `00-${traceId}-${randomHex(8)}-01`,
      ...(isJson ? { 'content-type': 'application/json' } : {}),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
      ...args.headers,
    },
    body,
    traceId,
  };
}

/** A copy of what may be shown: values of secret fields are replaced, at any depth. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value instanceof Blob || value instanceof Uint8Array) return undefined;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      SECRET_NAME.test(name) ? HIDDEN : withoutSecrets(each),
    ]),
  );
}

function hidden<Value>(fields: Readonly<Record<string, Value>>): Record<string, Value | string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      SECRET_NAME.test(name) && value !== undefined ? HIDDEN : value,
    ]),
  );
}

function filled(template: string, params: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = params[name];
    if (value === undefined || value === '')
      throw new TypeError(`${template} needs the parameter ${name}`);
    return value === HIDDEN ? HIDDEN : encodeURIComponent(value);
  });
}

function searchOf(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  if (pairs.length === 0) return '';
  return `?${String(new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])))}`;
}

function bodyOf(body: unknown): PreparedRequest['body'] {
  if (body === undefined || typeof body === 'string' || body instanceof Blob) return body;
  // safe because the type of a raw body asks for one over an ArrayBuffer
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>;
  return JSON.stringify(body);
}

function randomHex(bytes: number): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
