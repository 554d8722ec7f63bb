/** What is shown at all: the sign-in, a link's page, or the shell around a screen. */
import { useLocation } from '@tanstack/react-router';
import { useEffect, type ReactElement } from 'react';
import { useSessionState } from '../api/session.ts';
import { loadSession } from '../session/load-session.ts';
import { SignInScreen } from '../screens/sign-in/sign-in-screen.tsx';
import { LinkScreen } from '../screens/sign-in/link-screen.tsx';
import { Shell } from './shell.tsx';

export function RootScreen(): ReactElement | null {
  const state = useSessionState();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const isLink = path === '/link';
  useEffect(() => {
    if (!isLink) void loadSession();
  }, [isLink]);
  if (isLink) return <LinkScreen />;
  if (state.kind === 'unknown') return null;
  if (state.kind === 'signed-out' && state.last === undefined) return <SignInScreen />;
  return <Shell />;
}
