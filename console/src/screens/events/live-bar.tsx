/** The state of the live tail in words: how many came, what waits, what is missing. */
import type { ReactElement } from 'react';
import { Badge, Button, IconButton } from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import type { Tail } from './use-tail.ts';
import { words } from './words.ts';

export interface LiveBarProps {
  readonly tail: Tail;
  readonly isOn: boolean;
  /** Why the tail cannot be begun; null when it can. */
  readonly reason: string | null;
  onToggle(): void;
  /** Reads the list anew, which closes a gap. */
  onReadAgain(): void;
}

export function LiveBar({ tail, isOn, reason, onToggle, onReadAgain }: LiveBarProps): ReactElement {
  const t = useWords(words);
  const { state } = tail;
  if (!isOn)
    return (
      <Button
        icon="live"
        disabled={reason !== null}
        reason={reason ?? undefined}
        onClick={onToggle}
      >
        {t('live-start')}
      </Button>
    );
  return (
    <div aria-live="polite" className="flex min-w-0 flex-wrap items-center gap-2">
      <Connection tail={tail} />
      <span className="min-w-16 text-13 text-muted">{t('live-new', { count: state.count })}</span>
      {state.isPaused ? (
        <Badge tone="waiting">{t('live-held', { count: state.held.length })}</Badge>
      ) : null}
      {state.leftOut === 0 ? null : (
        <span className="text-13 text-muted">{t('live-left-out', { count: state.leftOut })}</span>
      )}
      {state.connection === 'ended' ? (
        <Button icon="refresh" onClick={onReadAgain}>
          {t('live-reload')}
        </Button>
      ) : (
        <Button
          icon={state.isPaused ? 'play' : 'pause'}
          onClick={state.isPaused ? tail.resume : tail.pause}
        >
          {t(state.isPaused ? 'live-resume' : 'live-pause')}
        </Button>
      )}
      <IconButton icon="stop" label={t('live-stop')} onClick={onToggle} />
    </div>
  );
}

function Connection({ tail: { state } }: { readonly tail: Tail }): ReactElement {
  const t = useWords(words);
  if (state.connection === 'open')
    return (
      <Badge tone="good" icon="live">
        {t('live-on')}
      </Badge>
    );
  if (state.connection === 'ended')
    return (
      <span className="flex flex-wrap items-center gap-2">
        <Badge tone="bad">{t('live-ended')}</Badge>
        <span className="text-13">{t('live-gap')}</span>
      </span>
    );
  return (
    <Badge tone="waiting">
      {t(state.connection === 'waiting' ? 'live-waiting' : 'live-connecting')}
    </Badge>
  );
}
