/** A pad for a PIN of four to six digits; the keyboard works as well. */
import { useEffect, useEffectEvent, useRef, useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { Icon } from '../../design/icons.tsx';
import { useWords } from '../../words/language.ts';
import { words } from './words.ts';

const PIN_MIN = 4;
const PIN_MAX = 6;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', 'Backspace'] as const;

export interface PinPadProps {
  readonly isBusy: boolean;
  readonly action?: string | undefined;
  onPin(pin: string): void;
}

/** What a key makes of the digits so far. Pure. */
export function afterKey(pin: string, key: string): string {
  if (key === 'Backspace') return pin.slice(0, -1);
  return /^\d$/.test(key) && pin.length < PIN_MAX ? pin + key : pin;
}

export function PinPad({ isBusy, action, onPin }: PinPadProps): ReactElement {
  const t = useWords(words);
  const [pin, setPin] = useState('');
  const pad = useRef<HTMLDivElement>(null);
  const isLong = pin.length >= PIN_MIN;
  const enter = (): void => {
    if (!isLong || isBusy) return;
    onPin(pin);
    setPin('');
  };
  const onKey = useEffectEvent((press: KeyboardEvent) => {
    const isField =
      press.target instanceof HTMLElement && press.target.matches('input, textarea, select');
    if (isField || press.ctrlKey || press.metaKey || press.altKey) return;
    if (/^\d$/.test(press.key) || press.key === 'Backspace') {
      press.preventDefault();
      setPin((now) => afterKey(now, press.key));
    }
    // A focused button is pressed by Enter itself.
    if (press.key === 'Enter' && !(press.target instanceof HTMLButtonElement)) enter();
  });
  useEffect(() => {
    // Whoever has just chosen a person types next: Enter must not choose them again.
    pad.current?.focus();
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <div
      ref={pad}
      role="group"
      tabIndex={-1}
      aria-label={t('pin')}
      className="mx-auto flex w-full max-w-60 flex-col gap-3 outline-none"
    >
      <Digits count={pin.length} />
      <Keys onKey={(key) => setPin((now) => afterKey(now, key))} />
      <Button kind="primary" size="touch" isBusy={isBusy} disabled={!isLong} onClick={enter}>
        {action ?? t('pin-enter')}
      </Button>
    </div>
  );
}

/** How many digits there are; which ones is nobody's business. */
function Digits({ count }: { readonly count: number }): ReactElement {
  const t = useWords(words);
  return (
    <p role="status" className="flex h-6 items-center justify-center gap-2">
      <span className="sr-only">{t('pin-digits', { count })}</span>
      {Array.from({ length: PIN_MAX }, (_, at) => (
        <span
          key={at}
          aria-hidden="true"
          className={classes(
            'size-3 rounded-full border',
            at < count ? 'border-brand bg-brand' : at < PIN_MIN ? 'border-control' : 'border-line',
          )}
        />
      ))}
    </p>
  );
}

function Keys({ onKey }: { onKey(key: string): void }): ReactElement {
  const t = useWords(words);
  return (
    <div className="grid grid-cols-3 gap-2">
      {KEYS.map((key) =>
        key === '' ? (
          <span key="gap" />
        ) : (
          <button
            key={key}
            type="button"
            aria-label={key === 'Backspace' ? t('pin-delete') : key}
            onClick={() => onKey(key)}
            className="grid h-14 place-items-center rounded-control border border-control bg-raised text-20 hover:bg-sunken"
          >
            {key === 'Backspace' ? <Icon name="arrow-left" size={20} /> : key}
          </button>
        ),
      )}
    </div>
  );
}
