/**
 * Locks the screen when nobody has touched it for as long as the session lives without requests: live figures keep
 * asking the server, so the server alone would never end it.
 */
import { useEffect } from 'react';
import { client } from '../api/api.ts';
import { sessionState, setSession, useSessionState } from '../api/session.ts';

/** How often the time since the last touch is looked at. */
const LOOK_MS = 1000;
const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

export function useIdleLock(): void {
  const state = useSessionState();
  const idleSeconds = state.kind === 'signed-in' ? state.session.idleSeconds : null;
  useEffect(() => {
    if (idleSeconds === null) return undefined;
    let touchedMs = performance.now();
    const touch = (): void => {
      touchedMs = performance.now();
    };
    const timer = setInterval(() => {
      if (performance.now() - touchedMs >= idleSeconds * 1000) lock();
    }, LOOK_MS);
    for (const name of TOUCHES) addEventListener(name, touch, { passive: true, capture: true });
    return () => {
      clearInterval(timer);
      for (const name of TOUCHES) removeEventListener(name, touch, { capture: true });
    };
  }, [idleSeconds]);
}

/** The session ends on the server; its screen waits below the dialog for the same person. */
export function lock(): void {
  if (sessionState().kind !== 'signed-in') return;
  void client.call('DELETE /v1/session').catch(() => undefined);
  setSession({ kind: 'signed-out', expired: true });
}
