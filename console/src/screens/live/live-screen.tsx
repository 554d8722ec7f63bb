/** The figures of the engine, once a second, with the last hour behind them. No Grafana needed. */
import { useMemo, useState, type ReactElement } from 'react';
import { useReachable } from '../../api/connection.ts';
import { allows, useSession } from '../../api/session.ts';
import {
  Badge,
  Button,
  EmptyState,
  ErrorNote,
  LinkButton,
  Page,
  SelectField,
  Skeleton,
  useNow,
  useUrlState,
} from '../../design/index.ts';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useDemo } from '../break-it/use-demo.ts';
import { FigureCard, type FigureLine } from './figure-card.tsx';
import { lastMinutes, type LiveFigure } from './live-series.ts';
import { useFigures } from './use-figures.ts';
import { words } from './words.ts';

const WINDOWS = ['2', '10', '60'] as const;
const MEGABYTE = 1_000_000;

export function LiveScreen(): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  if (allows(permissions, 'metrics:read')) return <Figures />;
  return (
    <Page title={t('title')}>
      <EmptyState icon="lock" title={t('forbidden-title')} text={t('forbidden-text')} />
    </Page>
  );
}

function Figures(): ReactElement {
  const t = useWords(words);
  const demo = useDemo();
  const [isHeld, setHeld] = useState(false);
  const [minutes, setMinutes] = useUrlState('minutes', '10');
  const { figures, isLoading, error, readAgain } = useFigures(isHeld);
  const span = WINDOWS.find((each) => each === minutes) ?? '10';
  const shown = useMemo(() => lastMinutes(figures, Number(span)), [figures, span]);
  return (
    <Page
      title={t('title')}
      badge={<State figures={figures} isHeld={isHeld} />}
      actions={
        <>
          <SelectField
            label={t('window')}
            isLabelHidden
            value={span}
            onChange={setMinutes}
            options={WINDOWS.map((value) => ({
              value,
              label: t('last-minutes', { count: Number(value) }),
            }))}
          />
          <Button icon={isHeld ? 'play' : 'pause'} onClick={() => setHeld(!isHeld)}>
            {t(isHeld ? 'resume' : 'pause')}
          </Button>
          {demo?.breakIt === true ? (
            <LinkButton to="/break-it" icon="bolt">
              {t('break-it')}
            </LinkButton>
          ) : null}
        </>
      }
    >
      <p className="text-muted">{t('intro')}</p>
      {error === null ? null : <ErrorNote error={error} onRetry={readAgain} />}
      {isLoading && figures.length === 0 ? <Skeleton lines={8} /> : null}
      {!isLoading && error === null && figures.length === 0 ? (
        <EmptyState
          icon="live"
          title={t('empty-title')}
          text={t('empty-text')}
          command={`curl -N ${location.origin}/v1/live -H "Accept: text/event-stream" -H "Authorization: Bearer $COMPTOIR_API_KEY"`}
        />
      ) : null}
      {figures.length === 0 ? null : <Board figures={shown} />}
    </Page>
  );
}

/** Figures that are older than this are not live. */
const STALE_MS = 4000;

function State({
  figures,
  isHeld,
}: {
  readonly figures: readonly LiveFigure[];
  readonly isHeld: boolean;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const nowMs = useNow(1000);
  const isReachable = useReachable();
  const [heard, setHeard] = useState<{ readonly at: number; readonly heardMs: number } | null>(
    null,
  );
  const newest = figures.at(-1)?.at;
  // Measured on the reader's own clock: the server's may differ.
  if (newest !== undefined && newest !== heard?.at) setHeard({ at: newest, heardMs: nowMs });
  if (isHeld)
    return (
      <Badge tone="waiting" icon="pause">
        {t('held')}
      </Badge>
    );
  if (heard === null) return <Badge tone="waiting">{t('state-connecting')}</Badge>;
  if (!isReachable || nowMs - heard.heardMs > STALE_MS)
    return (
      <Badge tone="bad">
        {t('state-stale', { at: formatMoment(heard.at, language, { timeStyle: 'medium' }) })}
      </Badge>
    );
  return (
    <Badge tone="good" icon="live">
      {t('state-open')}
    </Badge>
  );
}

/** What each card shows: unit, decimals and lines. */
const CARDS: readonly {
  readonly label:
    'accepted' | 'duplicates' | 'rejected' | 'append' | 'queue' | 'lag' | 'memory' | 'cores';
  readonly unit: 'per-second' | 'ms' | 'events' | 'seconds' | 'megabytes' | 'of-cores';
  readonly decimals: number;
  readonly lines: readonly [FigureLine, ...FigureLine[]];
}[] = [
  {
    label: 'accepted',
    unit: 'per-second',
    decimals: 0,
    lines: [{ label: '', value: (each) => each.acceptedPerSecond }],
  },
  {
    label: 'duplicates',
    unit: 'per-second',
    decimals: 0,
    lines: [{ label: '', value: (each) => each.duplicatesPerSecond }],
  },
  {
    label: 'rejected',
    unit: 'per-second',
    decimals: 0,
    lines: [{ label: '', value: (each) => each.rejectedPerSecond }],
  },
  {
    label: 'append',
    unit: 'ms',
    decimals: 1,
    lines: [
      { label: 'p50', value: (each) => each.appendP50Ms },
      { label: 'p95', value: (each) => each.appendP95Ms },
      { label: 'p99', value: (each) => each.appendP99Ms },
    ],
  },
  {
    label: 'queue',
    unit: 'events',
    decimals: 0,
    lines: [{ label: '', value: (each) => each.queueLength }],
  },
  {
    label: 'lag',
    unit: 'seconds',
    decimals: 1,
    lines: [{ label: '', value: (each) => each.lagSeconds }],
  },
  {
    label: 'memory',
    unit: 'megabytes',
    decimals: 0,
    lines: [{ label: '', value: (each) => each.rssBytes / MEGABYTE }],
  },
  {
    label: 'cores',
    unit: 'of-cores',
    decimals: 2,
    lines: [{ label: '', value: (each) => each.cpuCores }],
  },
];

function Board({ figures }: { readonly figures: readonly LiveFigure[] }): ReactElement {
  const t = useWords(words);
  return (
    <div className="grid min-w-0 gap-4 sm:grid-cols-2 xl:grid-cols-4">
      {CARDS.map(({ label, unit, decimals, lines }) => (
        <FigureCard
          key={label}
          label={t(label)}
          unit={t(unit)}
          decimals={decimals}
          figures={figures}
          lines={lines}
        />
      ))}
    </div>
  );
}
