/** People with browsers, for tests: each keeps its cookies and its CSRF token. */
import { until } from '../../test/support/until.ts';
import { ensureFirstUser } from '../access/first-user.ts';
import type { CallOptions, HttpFixture, JsonAnswer } from './fixture.ts';

export const OWNER_EMAIL = 'owner@house.example';
export const PASSWORD = 'seven green bottles on a wall';

export interface Browser {
  /** Sent with every request, such as where it comes from. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: Map<string, string>;
  /** Of the session that was opened last. */
  csrf: string;
  /** Sends the cookies and, unless `headers` say otherwise, the token. */
  json(path: string, options?: CallOptions): Promise<JsonAnswer>;
  signIn(options?: SignInOptions): Promise<JsonAnswer>;
}

export interface SignInOptions {
  readonly tenant?: string;
  readonly email?: string;
  readonly password?: string;
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function browser(
  http: HttpFixture,
  headers: Readonly<Record<string, string>> = {},
): Browser {
  const cookies = new Map<string, string>();
  const self: Browser = {
    headers,
    cookies,
    csrf: '',
    async json(path, options = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await http.json(path, {
        key: null,
        ...options,
        headers: {
          ...headers,
          ...(cookie === '' ? {} : { cookie }),
          ...(self.csrf === '' ? {} : { 'x-csrf-token': self.csrf }),
          ...options.headers,
        },
      });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      if (typeof answer.body?.csrf === 'string') self.csrf = answer.body.csrf;
      return answer;
    },
    signIn({ headers: more, ...given } = {}) {
      const body = { email: OWNER_EMAIL, password: PASSWORD, ...given };
      return self.json('/v1/session', { method: 'POST', body, ...(more ? { headers: more } : {}) });
    },
  };
  return self;
}

/** Asks again while there is too much to do: what a test needs before it begins is not what it is about. */
async function patiently(ask: () => Promise<JsonAnswer>): Promise<JsonAnswer> {
  const answer = await until('room for a request', async () => {
    const given = await ask();
    return given.status === 503 ? null : given;
  });
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

/** The owner of a tenant, signed in. The tenant is made unless it is `default`. */
export async function owner(
  http: HttpFixture,
  tenant: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Browser> {
  if (tenant !== 'default') await http.tenant(tenant);
  await ensureFirstUser(http.access.context, { tenant, email: OWNER_EMAIL, password: PASSWORD });
  const own = browser(http, headers);
  await patiently(() => own.signIn({ tenant }));
  return own;
}

/** A person with these roles, who set their password, signed in. */
export async function person(
  http: HttpFixture,
  by: Browser,
  asked: { readonly tenant: string; readonly email: string; readonly roles: readonly object[] },
): Promise<Browser & { readonly id: string }> {
  const { tenant, email, roles } = asked;
  const body = { email, name: email.split('@')[0], roles };
  const invited = await patiently(() => by.json('/v1/access/users', { method: 'POST', body }));
  const { token } = invited.body.link;
  const link = { token, password: PASSWORD };
  await patiently(() => http.json('/v1/session/links', { method: 'POST', key: null, body: link }));
  const own = browser(http, by.headers);
  await patiently(() => own.signIn({ tenant, email }));
  return Object.assign(own, { id: String(invited.body.user.id) });
}
