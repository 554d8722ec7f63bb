/** The moment that a screen shows: now, or one in the past, then in brass. Only where a screen can show the past. */
import { useLocation } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { Button } from '../design/buttons.tsx';
import { classes } from '../design/classes.ts';
import { Icon } from '../design/icons.tsx';
import { Popover } from '../design/menus.tsx';
import { DateTimeField } from '../design/number-fields.tsx';
import { useNow } from '../design/texts.tsx';
import { useAsOf } from '../design/url-state.ts';
import { formatMoment } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { words } from './words.ts';

/** Lists and details that the server can show as of a moment. */
const WITH_PAST = /^\/(?:orders|reservations|menu|loyalty|guests\/[^/]|m\/[^/]+\/[^/]+\/[^/])/;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PRESETS = [
  ['as-of-hour', HOUR_MS],
  ['as-of-day', 24 * HOUR_MS],
  ['as-of-week', 7 * 24 * HOUR_MS],
] as const;

export function TimeChip(): ReactElement | null {
  const { pathname } = useLocation();
  const { at } = useAsOf();
  return WITH_PAST.test(pathname) || at !== null ? <Chip /> : null;
}

function Chip(): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { at, setAt } = useAsOf();
  const [isOpen, setOpen] = useState(false);
  const choose = (moment: string | null): void => {
    setAt(moment);
    setOpen(false);
  };
  const label = at === null ? t('now') : t('as-of', { moment: formatMoment(at, language) });
  return (
    <Popover
      label={t('as-of-title')}
      isOpen={isOpen}
      onOpenChange={setOpen}
      align="end"
      trigger={
        <button
          type="button"
          title={label}
          className={classes(
            'flex h-8 min-w-0 shrink items-center gap-1.5 rounded-control border px-2 text-13 whitespace-nowrap',
            at === null
              ? 'border-control text-ink'
              : 'border-brass bg-brass-soft font-medium text-brass-text',
          )}
        >
          <Icon name={at === null ? 'clock' : 'history'} />
          <span className="max-w-40 truncate max-sm:sr-only">{label}</span>
        </button>
      }
    >
      <Moments at={at} onChoose={choose} />
    </Popover>
  );
}

/** People who look at about the same moment then look at the same copy of a list. */
function wholeMinute(ms: number): string {
  return new Date(Math.floor(ms / MINUTE_MS) * MINUTE_MS).toISOString();
}

function Moments({
  at,
  onChoose,
}: {
  readonly at: string | null;
  onChoose(moment: string | null): void;
}): ReactElement {
  const t = useWords(words);
  const [typed, setTyped] = useState('');
  const nowMs = useNow(MINUTE_MS);
  const chosenMs = Date.parse(typed);
  return (
    <div className="flex w-64 flex-col gap-3">
      <p className="text-13 text-muted">{t('as-of-hint')}</p>
      <div className="flex flex-col gap-1">
        {PRESETS.map(([key, agoMs]) => (
          <Button key={key} size="compact" onClick={() => onChoose(wholeMinute(nowMs - agoMs))}>
            {t(key)}
          </Button>
        ))}
      </div>
      <DateTimeField label={t('as-of-moment')} value={typed} onChange={setTyped} />
      <Button
        kind="primary"
        disabled={Number.isNaN(chosenMs) || chosenMs > nowMs}
        onClick={() => onChoose(new Date(chosenMs).toISOString())}
      >
        {t('as-of-show')}
      </Button>
      {at === null ? null : (
        <Button icon="undo" onClick={() => onChoose(null)}>
          {t('as-of-back')}
        </Button>
      )}
    </div>
  );
}
