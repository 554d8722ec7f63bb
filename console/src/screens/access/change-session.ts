/** Takes over what a call changed of the own session. */
import { sessionState, setSession, type Session } from '../../api/session.ts';

/** What the server said anew about the person or the session's token. */
export function changeSession(change: {
  readonly csrf?: string;
  readonly user?: Partial<Session['user']>;
}): void {
  const now = sessionState();
  if (now.kind !== 'signed-in') return;
  const { session } = now;
  setSession({
    kind: 'signed-in',
    session: {
      ...session,
      csrf: change.csrf ?? session.csrf,
      user: { ...session.user, ...change.user },
    },
  });
}
