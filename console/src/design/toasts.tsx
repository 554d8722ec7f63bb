/** Short messages at the foot of the screen, said to screen readers, with an undo where there is one. */
import { useSyncExternalStore, type ReactElement } from 'react';
import { Button, IconButton } from './buttons.tsx';
import { Icon } from './icons.tsx';
import { words } from './words.ts';
import { useWords } from '../words/language.ts';

export interface ToastOptions {
  readonly undo?: (() => void) | undefined;
  readonly tone?: 'good' | 'bad' | 'info' | undefined;
}

interface Shown extends ToastOptions {
  readonly id: number;
  readonly message: string;
}

/** Time to read a sentence; one with an undo stays longer (WCAG 2.2, 2.2.1). */
const STAY_MS = 6000;
const STAY_UNDO_MS = 12_000;
const SHOWN_MAX = 4;

let shown: readonly Shown[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

export function toast(message: string, options: ToastOptions = {}): void {
  lastId += 1;
  const id = lastId;
  set(
    [...shown.filter((each) => each.message !== message), { ...options, id, message }].slice(
      -SHOWN_MAX,
    ),
  );
  setTimeout(() => close(id), options.undo === undefined ? STAY_MS : STAY_UNDO_MS);
}

function close(id: number): void {
  if (shown.some((each) => each.id === id)) set(shown.filter((each) => each.id !== id));
}

const ICONS = { good: 'success', bad: 'error', info: 'info' } as const;
const COLOURS = { good: 'text-brand', bad: 'text-wine', info: 'text-blue' } as const;

/** The shell shows it once. */
export function Toasts(): ReactElement {
  const t = useWords(words);
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-60 flex flex-col items-center gap-2 px-4 max-md:bottom-20"
    >
      {now.map(({ id, message, undo, tone = 'good' }) => (
        <div
          key={id}
          className="pointer-events-auto flex w-full max-w-md items-center gap-3 rounded-card border border-line bg-raised py-2 pr-2 pl-3 shadow-overlay"
        >
          <Icon name={ICONS[tone]} size={20} className={COLOURS[tone]} />
          <p dir="auto" className="line-clamp-3 min-w-0 flex-1 break-words">
            {message}
          </p>
          {undo === undefined ? null : (
            <Button
              size="compact"
              icon="undo"
              onClick={() => {
                close(id);
                undo();
              }}
            >
              {t('undo')}
            </Button>
          )}
          <IconButton size="compact" icon="close" label={t('close')} onClick={() => close(id)} />
        </div>
      ))}
    </div>
  );
}
