/** The slider over all versions, with its keys, and the way to a moment. */
import { useEffect, useEffectEvent, useId, useState, type ReactElement } from 'react';
import { client } from '../../api/api.ts';
import { Button, classes, DateTimeField, IconButton, Moment, toast } from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import type { StreamName } from '../events/event-places.ts';
import { words } from './words.ts';

/** Time to read one line. */
const PLAY_MS = 900;

export interface TimeSliderProps {
  readonly name: StreamName;
  readonly newest: number;
  /** null for now. */
  readonly version: number | null;
  /** The event of the shown version in words. */
  readonly said: string;
  /** When it was recorded. */
  readonly at: string | null;
  /** Of its place (IANA). */
  readonly zone: string | undefined;
  onVersion(version: number | null): void;
}

export function TimeSlider(props: TimeSliderProps): ReactElement {
  const { newest, version, said, at, zone, onVersion } = props;
  const t = useWords(words);
  const id = useId();
  const shown = version ?? newest;
  const go = (next: number): void => onVersion(next >= newest ? null : Math.max(1, next));
  const isPast = version !== null;
  return (
    <section
      className={classes(
        'flex flex-col gap-3 rounded-card border bg-raised p-4',
        isPast ? 'border-brass' : 'border-line',
      )}
    >
      <div className="flex min-w-0 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0">
          <span className={classes('font-semibold', isPast && 'text-brass-text')}>
            {t('version-of', { version: shown, count: newest })}
          </span>{' '}
          <span className="text-muted">
            <Moment at={at} zone={zone} />
          </span>
        </p>
        <Steps
          shown={shown}
          newest={newest}
          isPast={isPast}
          onStep={go}
          onNewest={() => onVersion(null)}
        />
      </div>
      <label htmlFor={id} className="sr-only">
        {t('slider')}
      </label>
      <input
        id={id}
        type="range"
        min={1}
        max={Math.max(1, newest)}
        value={shown}
        aria-valuetext={t('slider-text', { version: shown, count: newest, words: said })}
        aria-describedby={`${id}-help`}
        onChange={(change) => go(Number(change.target.value))}
        className={classes('h-6 w-full', isPast ? 'accent-brass' : 'accent-brand')}
      />
      <div className="flex min-w-0 flex-wrap items-end justify-between gap-3">
        <p id={`${id}-help`} className="max-w-prose text-12 text-muted">
          {t('slider-help')}
        </p>
        <GoToMoment {...props} />
      </div>
    </section>
  );
}

function Steps({
  shown,
  newest,
  isPast,
  onStep,
  onNewest,
}: {
  readonly shown: number;
  readonly newest: number;
  readonly isPast: boolean;
  onStep(version: number): void;
  onNewest(): void;
}): ReactElement {
  const t = useWords(words);
  return (
    <div className="flex items-center gap-1">
      <IconButton
        icon="chevron-left"
        label={t('earlier')}
        disabled={shown <= 1}
        onClick={() => onStep(shown - 1)}
      />
      <IconButton
        icon="chevron-right"
        label={t('later')}
        disabled={shown >= newest}
        onClick={() => onStep(shown + 1)}
      />
      <PlayButton shown={shown} newest={newest} onStep={onStep} />
      <Button disabled={!isPast} onClick={onNewest}>
        {t('newest')}
      </Button>
    </div>
  );
}

function PlayButton({
  shown,
  newest,
  onStep,
}: {
  readonly shown: number;
  readonly newest: number;
  onStep(version: number): void;
}): ReactElement {
  const t = useWords(words);
  const [isPlaying, setPlaying] = useState(false);
  const step = useEffectEvent(() => {
    if (shown >= newest) setPlaying(false);
    else onStep(shown + 1);
  });
  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setInterval(step, PLAY_MS);
    return () => clearInterval(timer);
  }, [isPlaying]);
  return (
    <IconButton
      icon={isPlaying ? 'pause' : 'play'}
      label={t(isPlaying ? 'pause' : 'play')}
      disabled={newest < 2}
      onClick={() => {
        // At the end there is nothing left to play but from the beginning.
        if (!isPlaying && shown >= newest) onStep(1);
        setPlaying(!isPlaying);
      }}
    />
  );
}

function GoToMoment({ name, newest, onVersion }: TimeSliderProps): ReactElement {
  const t = useWords(words);
  const [moment, setMoment] = useState('');
  const go = async (): Promise<void> => {
    const at = new Date(moment);
    if (Number.isNaN(at.getTime())) return;
    try {
      const { body } = await client.call('GET /v1/streams/{category}/{id}/state', {
        params: { ...name },
        query: { at: at.toISOString() },
      });
      onVersion(body.version >= newest ? null : body.version);
    } catch {
      toast(t('moment-before'), { tone: 'info' });
    }
  };
  return (
    <form
      className="flex min-w-0 items-end gap-2"
      onSubmit={(submit) => {
        submit.preventDefault();
        void go();
      }}
    >
      <DateTimeField label={t('go-to')} value={moment} onChange={setMoment} className="flex-1" />
      <IconButton
        icon="arrow-right"
        kind="quiet"
        type="submit"
        label={t('go-to')}
        disabled={moment === ''}
      />
    </form>
  );
}
