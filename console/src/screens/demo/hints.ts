/** Which hints of the demo a person still sees, kept in this browser. The functions without storage are pure. */
import { useSyncExternalStore } from 'react';
import { allows } from '../../api/session.ts';

/** As the server names them, and what somebody must be allowed to follow one. */
const NEEDS = {
  'today-moves-by-itself': null,
  'floor-take-an-order': 'orders:place',
  'kitchen-bump-a-ticket': 'orders:cook',
  'events-time-machine': 'events:read',
  'guest-erase': 'persons:erase',
  'break-it': null,
} as const satisfies Readonly<Record<string, string | null>>;

export type HintName = keyof typeof NEEDS;

export interface HintCase {
  readonly demo: { readonly hints: readonly string[]; readonly breakIt: boolean } | null;
  readonly permissions: readonly string[];
  readonly dismissed: string;
}

export function isHintShown(hint: HintName, { demo, permissions, dismissed }: HintCase): boolean {
  if (demo === null || !demo.hints.includes(hint)) return false;
  if (hint === 'break-it' && !demo.breakIt) return false;
  const needed = NEEDS[hint];
  return (needed === null || allows(permissions, needed)) && !isDismissed(dismissed, hint);
}

export function isDismissed(dismissed: string, hint: HintName): boolean {
  return dismissed.split(' ').includes(hint);
}

const KEPT_AS = 'comptoir.demo-hints';
const listeners = new Set<() => void>();

function dismissedNow(): string {
  return localStorage.getItem(KEPT_AS) ?? '';
}

/** Names with spaces between them. */
export function useDismissed(): string {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, dismissedNow);
}

export function dismissHint(hint: HintName): void {
  const before = dismissedNow();
  if (!isDismissed(before, hint)) localStorage.setItem(KEPT_AS, `${before} ${hint}`.trim());
  for (const listener of listeners) listener();
}
