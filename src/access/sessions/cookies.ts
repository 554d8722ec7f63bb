/**
 * The cookies of the browser: the session, a mark beside it that scripts can read and that is worth nothing, and an id of
 * the browser itself by which it is known after a first success. All are `__Host-`: Secure, for this host alone, so neither a neighbouring host nor plain HTTP can put one there. On
 * plain HTTP of the machine itself a browser would not take them; they go without the prefix there and nowhere else.
 * Pure.
 */
export interface SessionHeaders {
  readonly cookie?: string | undefined;
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly forwarded?: string | undefined;
  readonly 'x-forwarded-for'?: string | string[] | undefined;
  readonly 'x-forwarded-proto'?: string | string[] | undefined;
  readonly 'x-forwarded-host'?: string | string[] | undefined;
  readonly 'x-device-key'?: string | string[] | undefined;
}

/** Names without the prefix. */
const SESSION = 'comptoir';
const MARK = 'comptoir-here';
const BROWSER = 'comptoir-browser';
const PREFIX = '__Host-';
/** 256 bits in base64url. */
const TOKEN = /^[\w-]{43}$/;
/** 128 bits in base64url. */
const BROWSER_ID = /^[\w-]{22}$/;
/** As long as browsers keep any cookie (RFC 6265bis, section 5.5). */
const BROWSER_SECONDS = 400 * 24 * 3600;

export function sessionTokenOf(headers: SessionHeaders): string | null {
  return cookieOf(headers, SESSION, TOKEN);
}

export function browserIdOf(headers: SessionHeaders): string | null {
  return cookieOf(headers, BROWSER, BROWSER_ID);
}

/** Until the browser closes or the session ends by itself, whichever is first: it has no end of its own. */
export function sessionCookie(token: string, headers: SessionHeaders): string {
  return cookie([SESSION, token], headers);
}

export function endedSessionCookie(headers: SessionHeaders): string {
  return `${cookie([SESSION, ''], headers)}; Max-Age=0`;
}

/**
 * Says that there may be a session, so that the console need not ask where there is none. It goes and ends with the
 * session; whoever puts one there gains a refused request.
 */
export function markCookie(headers: SessionHeaders): string {
  return cookie([MARK, '1'], headers, SEEN_BY_SCRIPTS);
}

export function endedMarkCookie(headers: SessionHeaders): string {
  return `${cookie([MARK, ''], headers, SEEN_BY_SCRIPTS)}; Max-Age=0`;
}

export function browserCookie(id: string, headers: SessionHeaders): string {
  return `${cookie([BROWSER, id], headers)}; Max-Age=${BROWSER_SECONDS}`;
}

const SEEN_BY_SCRIPTS = 'Path=/; SameSite=Lax';

function cookie(
  [name, value]: readonly [name: string, value: string],
  headers: SessionHeaders,
  attributes = 'Path=/; HttpOnly; SameSite=Lax',
): string {
  if (isPlainLoopback(headers)) return `${name}=${value}; ${attributes}`;
  return `${PREFIX}${name}=${value}; ${attributes}; Secure`;
}

function cookieOf(headers: SessionHeaders, name: string, form: RegExp): string | null {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const names = isPlainLoopback(headers) ? [PREFIX + name, name] : [PREFIX + name];
  for (const each of names) {
    const values = pairs
      .filter((pair) => pair.startsWith(`${each}=`))
      .map((pair) => pair.slice(each.length + 1));
    // Two of one name: somebody put one there, and which is ours cannot be told.
    const [value] = values;
    if (values.length === 1 && value !== undefined && form.test(value)) return value;
  }
  return null;
}

/** Whether the browser and the server are on one machine with no proxy and no TLS in between. */
function isPlainLoopback(headers: SessionHeaders): boolean {
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host'];
  if (forwarded.some((name) => name in headers)) return false;
  if (!isLoopbackHost(headers.host ?? '')) return false;
  const { origin } = headers;
  return origin === undefined || origin.startsWith('http://');
}

function isLoopbackHost(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
}
