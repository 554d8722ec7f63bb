/** Asks the server who is signed in, takes over what it says, and ends sessions. */
import { CallFailed, type Operations } from '../../../src/client/client.ts';
import { client, queries } from '../api/api.ts';
import { sessionState, setSession, type Session } from '../api/session.ts';
import { chooseLanguage, languageIsChosen } from '../words/language.ts';
import { DEMO_TENANT } from './demo-tenant.ts';
import { LANGUAGES } from '../words/define-words.ts';
import { isMarked, unmarking } from './session-mark.ts';

/** While the server is away it is asked again. */
const AGAIN_MS = 2000;

let isAsking = false;

/** Errors: none; without an answer it asks until there is one. Where no session can be there the server is not asked. */
export async function loadSession(): Promise<void> {
  if (isAsking || sessionState().kind !== 'unknown') return;
  isAsking = true;
  await askForSession().finally(() => {
    isAsking = false;
  });
}

async function askForSession(): Promise<void> {
  if (!isMarked(document.cookie)) {
    setSession({ kind: 'signed-out', expired: false });
    return;
  }
  try {
    takeSession((await client.call('GET /v1/session')).body);
  } catch (error) {
    if (error instanceof CallFailed && (error.status === 0 || error.status >= 500)) {
      setTimeout(() => void loadSession(), AGAIN_MS);
    } else if (sessionState().kind === 'unknown') {
      sessionGone();
    }
  }
}

/** Somebody is signed in. Another person than before sees nothing that was read for the one before. */
export function takeSession(session: Operations['GET /v1/session']['answer']): void {
  const before = lastOf();
  if (before !== null && (before.user.id !== session.user.id || before.tenant !== session.tenant))
    queries.clear();
  setSession({ kind: 'signed-in', session });
  // Words in the person's own language, unless this browser was told otherwise. The people of the demo are whoever tries it.
  const own =
    session.tenant === DEMO_TENANT
      ? undefined
      : LANGUAGES.find((language) => session.user.language.startsWith(language));
  if (own !== undefined && !languageIsChosen()) chooseLanguage(own, { keep: false });
  // What failed while nobody was signed in is read again; the screens stay as they are.
  if (before !== null) void queries.invalidateQueries();
}

function lastOf(): Session | null {
  const now = sessionState();
  if (now.kind === 'signed-in') return now.session;
  return now.kind === 'signed-out' ? (now.last ?? null) : null;
}

/** Errors: none; a session that the server no longer knows has ended as well. */
export async function signOut(): Promise<void> {
  await client.call('DELETE /v1/session').catch(() => undefined);
  queries.clear();
  sessionGone();
}

/** The server ended it, or knows none: the next load need not ask. */
export function sessionGone(): void {
  for (const value of unmarking()) document.cookie = value;
  setSession({ kind: 'signed-out', expired: false });
}
