/** Who is signed in, as the server says. The session itself is a cookie that scripts cannot read. */
import { useSyncExternalStore } from 'react';

export interface Session {
  readonly tenant: string;
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly language: string;
    readonly hasTotp: boolean;
    readonly hasPin: boolean;
  };
  readonly deviceId: string | null;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly rules: { readonly locations: readonly string[] | null };
  readonly csrf: string;
  readonly idleSeconds: number;
}

/** `unknown` until the server was asked. */
export type SessionState =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'signed-out';
      readonly expired: boolean;
      /** Whose screen lies below the sign-in dialog; absent when nobody's does. */
      readonly last?: Session;
    }
  | { readonly kind: 'signed-in'; readonly session: Session };

let state: SessionState = { kind: 'unknown' };
const listeners = new Set<() => void>();

export function sessionState(): SessionState {
  return state;
}

export function setSession(next: SessionState): void {
  const last = lastSession();
  state = next.kind === 'signed-out' && next.expired && last !== null ? { ...next, last } : next;
  for (const listener of listeners) listener();
}

/** The session now, or the one that expired while its screen is still there. */
function lastSession(): Session | null {
  if (state.kind === 'signed-in') return state.session;
  return state.kind === 'signed-out' ? (state.last ?? null) : null;
}

export function useSessionState(): SessionState {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, sessionState);
}

/** The session of a screen: screens are shown to people who are signed in only. */
export function useSession(): Session {
  useSessionState();
  const session = lastSession();
  if (session === null) throw new Error('a screen was shown without a session');
  return session;
}

/** Whether a list of permissions holds one: by name or by the `write` of its module. */
export function allows(permissions: readonly string[], wanted: string): boolean {
  const [module = ''] = wanted.split(':');
  return (
    permissions.includes(wanted) ||
    (!wanted.endsWith(':read') && permissions.includes(`${module}:write`))
  );
}

const DEVICE_KEY = 'comptoir.device-key';

/** The key of an enrolled tablet; null on every other computer. */
export function deviceKey(): string | null {
  return localStorage.getItem(DEVICE_KEY);
}

export function keepDeviceKey(key: string | null): void {
  if (key === null) localStorage.removeItem(DEVICE_KEY);
  else localStorage.setItem(DEVICE_KEY, key);
  for (const listener of listeners) listener();
}

/** The same, for what is shown meanwhile. */
export function useDeviceKey(): string | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, deviceKey);
}
