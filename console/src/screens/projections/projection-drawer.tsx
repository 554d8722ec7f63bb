/** One read model: its copies, what can be done, and what is parked. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import {
  Badge,
  Button,
  ConfirmDialog,
  Drawer,
  ErrorNote,
  Moment,
  ProgressBar,
  toast,
  type Tone,
} from '../../design/index.ts';
import { formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { durationText } from './duration.ts';
import { ParkedEvents } from './parked-events.tsx';
import type { Projection } from './projection-shape.ts';
import { secondsLeft } from './rate.ts';
import { RebuildDialog } from './rebuild-dialog.tsx';
import { words } from './words.ts';

export interface ProjectionDrawerProps {
  /** null closes it. */
  readonly projection: Projection | null;
  rateOf(generation: number): number | null;
  readonly mayWrite: boolean;
  onClose(): void;
}

export function ProjectionDrawer({
  projection,
  rateOf,
  mayWrite,
  onClose,
}: ProjectionDrawerProps): ReactElement {
  const t = useWords(words);
  return (
    <Drawer
      title={projection?.name ?? ''}
      isOpen={projection !== null}
      onClose={onClose}
      width="wide"
      footer={
        projection === null ? undefined : <Commands projection={projection} mayWrite={mayWrite} />
      }
    >
      {projection === null ? null : (
        <div className="flex flex-col gap-6">
          <Copies projection={projection} rateOf={rateOf} />
          <Shadows projection={projection} />
          {mayWrite ? (
            <ParkedEvents of="projection" name={projection.name} count={projection.parkedEvents} />
          ) : (
            <p className="text-13 text-muted">{t('no-permission')}</p>
          )}
        </div>
      )}
    </Drawer>
  );
}

const STATES: Readonly<
  Record<string, readonly [Tone, 'copy-active' | 'copy-filling' | 'copy-retired']>
> = {
  active: ['good', 'copy-active'],
  filling: ['waiting', 'copy-filling'],
  retired: ['plain', 'copy-retired'],
};

function Copies({
  projection,
  rateOf,
}: {
  readonly projection: Projection;
  rateOf(generation: number): number | null;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <section className="flex flex-col gap-3">
      <h3 className="text-14">{t('copies')}</h3>
      {projection.generations.map((copy) => {
        const [tone, key] = STATES[copy.state] ?? (['plain', 'copy-retired'] as const);
        const left = secondsLeft(copy, rateOf(copy.generation));
        return (
          <div
            key={copy.generation}
            className="flex flex-col gap-2 rounded-card border border-line p-3"
          >
            <div className="flex flex-wrap items-center gap-2">
              <span className="font-medium">
                {t('copy-of', { generation: copy.generation, version: copy.version })}
              </span>
              <Badge tone={tone}>{t(key)}</Badge>
              <span className="ml-auto text-12 text-muted">
                <Moment at={copy.startedAt} />
              </span>
            </div>
            <ProgressBar
              label={t('progress')}
              share={copy.progress}
              tone={copy.state === 'filling' ? 'brass' : 'brand'}
            />
            <p className="text-12 text-muted">
              {t('copy-done', { count: copy.eventsDone })} ·{' '}
              {t('events-behind', { count: copy.behindEvents })}
              {rateOf(copy.generation) === null
                ? null
                : ` · ${formatNumber(rateOf(copy.generation) ?? 0, language, { maximumFractionDigits: 0 })} ${t('rate')}`}
              {left === null || copy.state !== 'filling'
                ? null
                : ` · ${t('time-left', { time: durationText(left, language) })}`}
            </p>
          </div>
        );
      })}
    </section>
  );
}

function Shadows({
  projection: { shadows },
}: {
  readonly projection: Projection;
}): ReactElement | null {
  const t = useWords(words);
  if (shadows.length === 0) return null;
  return (
    <section className="flex flex-col gap-3">
      <h3 className="text-14">{t('shadows')}</h3>
      {shadows.map(({ asOf, ready, progress }) => (
        <div key={asOf} className="flex flex-col gap-2 rounded-card border border-brass p-3">
          <div className="flex flex-wrap items-center gap-2">
            <Moment at={asOf} />
            <Badge tone={ready ? 'good' : 'waiting'}>
              {t(ready ? 'shadow-ready' : 'shadow-filling')}
            </Badge>
          </div>
          <ProgressBar label={t('progress')} share={ready ? 1 : progress} tone="brass" />
        </div>
      ))}
    </section>
  );
}

function Commands({
  projection: { name, paused, generations },
  mayWrite,
}: {
  readonly projection: Projection;
  readonly mayWrite: boolean;
}): ReactElement {
  const t = useWords(words);
  const [asking, setAsking] = useState<'rebuild' | 'swap' | null>(null);
  const state = { disabled: !mayWrite, reason: mayWrite ? undefined : t('no-permission') };
  const hasEarlier = generations.some((each) => each.state === 'retired');
  return (
    <>
      {hasEarlier ? (
        <Button {...state} icon="undo" onClick={() => setAsking('swap')}>
          {t('swap-back')}
        </Button>
      ) : null}
      <PauseButton name={name} isPaused={paused} {...state} />
      <Button {...state} kind="primary" icon="refresh" onClick={() => setAsking('rebuild')}>
        {t('rebuild')}
      </Button>
      <RebuildDialog name={name} isOpen={asking === 'rebuild'} onClose={() => setAsking(null)} />
      <SwapDialog name={name} isOpen={asking === 'swap'} onClose={() => setAsking(null)} />
    </>
  );
}

const AGAIN = { again: ['GET /v1/projections'] } as const;

function PauseButton({
  name,
  isPaused,
  ...state
}: {
  readonly name: string;
  readonly isPaused: boolean;
  readonly disabled: boolean;
  readonly reason: string | undefined;
}): ReactElement {
  const t = useWords(words);
  const pause = useCommand('POST /v1/projections/{name}/pause', AGAIN);
  const resume = useCommand('POST /v1/projections/{name}/resume', AGAIN);
  const error = pause.error ?? resume.error;
  const goOn = (): void =>
    resume.mutate({ params: { name } }, { onSuccess: () => toast(t('resumed-now', { name })) });
  const stop = (): void =>
    pause.mutate(
      { params: { name } },
      { onSuccess: () => toast(t('paused-now', { name }), { undo: goOn }) },
    );
  return (
    <>
      {error === null ? null : <ErrorNote error={error} />}
      <Button
        {...state}
        icon={isPaused ? 'play' : 'pause'}
        isBusy={pause.isPending || resume.isPending}
        onClick={isPaused ? goOn : stop}
      >
        {t(isPaused ? 'resume' : 'pause')}
      </Button>
    </>
  );
}

function SwapDialog({
  name,
  isOpen,
  onClose,
}: {
  readonly name: string;
  readonly isOpen: boolean;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const swap = useCommand('POST /v1/projections/{name}/swap-back', AGAIN);
  return (
    <ConfirmDialog
      title={t('swap-title', { name })}
      text={t('swap-text')}
      action={t('swap-back')}
      word={name}
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={() =>
        swap.mutateAsync({ params: { name } }).then(() => {
          toast(t('swapped', { name }));
          onClose();
        })
      }
    >
      {swap.error === null ? null : <ErrorNote error={swap.error} />}
    </ConfirmDialog>
  );
}
