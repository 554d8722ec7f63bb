/** What people do with their own account: name, password, second factor, PIN, sessions. */
import { noteChange } from '../access/context.ts';
import { setPin } from '../access/devices/pins.ts';
import { clearSecondFactor, setPassword } from '../access/links/links.ts';
import { checkPassword } from '../access/passwords/password-rules.ts';
import { revokeSessionsOf, rotateSession } from '../access/sessions/sessions.ts';
import { confirmPassword } from '../access/sign-in/confirm-password.ts';
import { beginTotp, confirmTotp, renewRecoveryCodes } from '../access/totp/second-factor.ts';
import { readUser } from '../access/users/user-rows.ts';
import { changeProfile } from '../access/users/write-users.ts';
import type { Queryable } from '../platform/postgres/database.ts';
import {
  ACCESS_TAG,
  askerOf,
  BODY_ERRORS,
  carryToken,
  jsonBody,
  personOf,
  SECRET_ERRORS,
  type PeopleRouteDependencies,
} from './access-calls.ts';
import {
  CodeBody,
  ConfirmBody,
  PasswordBody,
  PinSetBody,
  ProfileBody,
  RecoveryCodes,
  Rotated,
  TotpBegun,
  User,
} from './access-shapes.ts';
import { ANY_KEY, type Call, type Route } from './route.ts';

export function accountRoutes(deps: PeopleRouteDependencies): readonly Route[] {
  return [
    profileRoute(deps),
    passwordRoute(deps),
    pinRoute(deps),
    beginTotpRoute(deps),
    confirmTotpRoute(deps),
    recoveryRoute(deps),
    removeTotpRoute(deps),
  ];
}

const COMMON = { tag: ACCESS_TAG, access: ANY_KEY, errors: SECRET_ERRORS } as const;
const PASSWORD_EXAMPLE = 'a sentence of yours';

function profileRoute(deps: PeopleRouteDependencies): Route {
  return {
    ...COMMON,
    method: 'PUT',
    path: '/v1/access/me',
    operationId: 'changeOwnProfile',
    summary: 'Change your own name or language',
    body: jsonBody(ProfileBody, { name: 'Ada' }),
    answers: { 200: { description: 'As it is now', schema: User } },
    errors: BODY_ERRORS,
    async handle(call) {
      // safe because the body was validated under this schema
      const change = call.body as ProfileBody;
      const person = personOf(deps, call);
      return { status: 200, body: await changeProfile(deps.access.context, { ...person, change }) };
    },
  };
}

function passwordRoute(deps: PeopleRouteDependencies): Route {
  return {
    ...COMMON,
    method: 'PUT',
    path: '/v1/access/me/password',
    operationId: 'changeOwnPassword',
    summary: 'Change your own password; every other session ends',
    body: jsonBody(PasswordBody, {
      current: PASSWORD_EXAMPLE,
      password: 'another sentence of yours',
    }),
    answers: { 200: { description: 'Changed', schema: Rotated, headers: ['set-cookie'] } },
    async handle(call) {
      // safe because the body was validated under this schema
      const { current, password } = call.body as PasswordBody;
      const { context } = deps.access;
      const person = personOf(deps, call);
      await confirmPassword(context, person, current);
      const { view } = await readUser(context, person);
      checkPassword(password, [view.email, view.name, person.place.tenant]);
      const passwordHash = await context.hasher.hash(password);
      const csrf = await changeSecret(deps, call, (tx) =>
        setPassword(tx, { ...person, passwordHash }),
      );
      noteOwn(deps, call, 'password.changed');
      return { status: 200, body: { csrf } };
    },
  };
}

function pinRoute(deps: PeopleRouteDependencies): Route {
  return {
    ...COMMON,
    method: 'PUT',
    path: '/v1/access/me/pin',
    operationId: 'changeOwnPin',
    summary: 'Set your own PIN for the devices of the house, or remove it with null',
    body: jsonBody(PinSetBody, { password: PASSWORD_EXAMPLE, pin: '2580' }),
    answers: { 204: { description: 'Changed' } },
    async handle(call) {
      // safe because the body was validated under this schema
      const { password, pin } = call.body as PinSetBody;
      const person = personOf(deps, call);
      await confirmPassword(deps.access.context, person, password);
      await setPin(deps.access.context, person, pin);
      noteOwn(deps, call, pin === null ? 'pin.removed' : 'pin.changed');
      return { status: 204 };
    },
  };
}

function beginTotpRoute(deps: PeopleRouteDependencies): Route {
  return {
    ...COMMON,
    method: 'POST',
    path: '/v1/access/me/totp',
    operationId: 'beginTotp',
    summary: 'Begin a second factor: a secret for the authenticator app',
    description:
      'Nothing changes until a first code confirms it. Beginning again replaces the secret.',
    body: jsonBody(ConfirmBody, { password: PASSWORD_EXAMPLE }),
    answers: { 200: { description: 'The secret, shown once', schema: TotpBegun } },
    async handle(call) {
      // safe because the body was validated under this schema
      const { password } = call.body as ConfirmBody;
      const person = personOf(deps, call);
      await confirmPassword(deps.access.context, person, password);
      return { status: 200, body: await beginTotp(deps.access.context, person) };
    },
  };
}

function confirmTotpRoute(deps: PeopleRouteDependencies): Route {
  return {
    ...COMMON,
    method: 'POST',
    path: '/v1/access/me/totp/confirm',
    operationId: 'confirmTotp',
    summary: 'Turn the second factor on with its first code; every other session ends',
    body: jsonBody(CodeBody, { code: '123456' }),
    answers: {
      200: { description: 'Recovery codes', schema: RecoveryCodes, headers: ['set-cookie'] },
    },
    async handle(call) {
      // safe because the body was validated under this schema
      const { code } = call.body as CodeBody;
      const person = personOf(deps, call);
      let recoveryCodes: readonly string[] = [];
      const csrf = await changeSecret(deps, call, async (tx) => {
        recoveryCodes = await confirmTotp(deps.access.context, tx, { ...person, code });
      });
      noteOwn(deps, call, 'totp.enrolled');
      return { status: 200, body: { recoveryCodes, csrf } };
    },
  };
}

function recoveryRoute(deps: PeopleRouteDependencies): Route {
  return {
    ...COMMON,
    method: 'POST',
    path: '/v1/access/me/totp/recovery-codes',
    operationId: 'renewRecoveryCodes',
    summary: 'Ten new recovery codes in the place of all old ones',
    body: jsonBody(ConfirmBody, { password: PASSWORD_EXAMPLE }),
    answers: {
      200: { description: 'Recovery codes', schema: RecoveryCodes, headers: ['set-cookie'] },
    },
    async handle(call) {
      // safe because the body was validated under this schema
      const { password } = call.body as ConfirmBody;
      const { context } = deps.access;
      const person = personOf(deps, call);
      await confirmPassword(context, person, password);
      let recoveryCodes: readonly string[] = [];
      const csrf = await changeSecret(deps, call, async (tx) => {
        recoveryCodes = await renewRecoveryCodes(context, tx, person);
      });
      noteOwn(deps, call, 'totp.codes-renewed');
      return { status: 200, body: { recoveryCodes, csrf } };
    },
  };
}

function removeTotpRoute(deps: PeopleRouteDependencies): Route {
  return {
    ...COMMON,
    method: 'POST',
    path: '/v1/access/me/totp/remove',
    operationId: 'removeTotp',
    summary: 'Take your own second factor away; every other session ends',
    body: jsonBody(ConfirmBody, { password: PASSWORD_EXAMPLE }),
    answers: { 200: { description: 'Removed', schema: Rotated, headers: ['set-cookie'] } },
    async handle(call) {
      // safe because the body was validated under this schema
      const { password } = call.body as ConfirmBody;
      const person = personOf(deps, call);
      await confirmPassword(deps.access.context, person, password);
      const csrf = await changeSecret(deps, call, (tx) => clearSecondFactor(tx, person));
      noteOwn(deps, call, 'totp.removed');
      return { status: 200, body: { csrf } };
    },
  };
}

/** Changes what a person proves themselves with: this session gets a new token, all others end (ASVS 7.4.3). */
async function changeSecret(
  deps: PeopleRouteDependencies,
  call: Call,
  change: (tx: Queryable) => Promise<void>,
): Promise<string> {
  const { context } = deps.access;
  const { place, userId, sessionId } = personOf(deps, call);
  const token = await context.database.transaction(async (tx) => {
    await change(tx);
    await revokeSessionsOf(tx, { place, userId, except: sessionId });
    return rotateSession(tx, { place, id: sessionId });
  });
  context.forget();
  return carryToken(deps, call, token);
}

function noteOwn(deps: PeopleRouteDependencies, call: Call, action: string): void {
  const { userId } = personOf(deps, call);
  noteChange(deps.access.context, askerOf(deps, call), { action, subject: `user/${userId}` });
}
