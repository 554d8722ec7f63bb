/** "Break it": three things to break on purpose, each with its progress and a proof in numbers. Demo only. */
import { useState, type ReactElement } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { CallFailed } from '../../../../src/client/client.ts';
import { queries } from '../../api/api.ts';
import {
  Button,
  Card,
  ConfirmDialog,
  EmptyState,
  ErrorNote,
  LinkButton,
  Page,
  Skeleton,
  type IconName,
} from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { callGeneric } from '../generated/generic-calls.ts';
import { RunCard } from './run-card.tsx';
import { isUnderWay, runsOf, type ActionName, type Breakable, type Runs } from './runs.ts';
import { useDemo } from './use-demo.ts';
import { words } from './words.ts';

const RUNS_KEY = ['GET /v1/demo/break-it', {}] as const;
const WATCH_MS = 500;
const REST_MS = 5000;

export function BreakItScreen(): ReactElement {
  const t = useWords(words);
  const demo = useDemo();
  return (
    <Page
      title={t('title')}
      actions={
        <LinkButton to="/live" icon="live">
          {t('see-live')}
        </LinkButton>
      }
    >
      {demo === undefined ? <Skeleton lines={6} /> : null}
      {demo === null || demo?.breakIt === false ? (
        <EmptyState icon="lock" title={t('not-here-title')} text={t('not-here-text')} />
      ) : null}
      {demo?.breakIt === true ? <Board /> : null}
    </Page>
  );
}

function useRuns() {
  return useQuery<Runs, CallFailed>({
    queryKey: RUNS_KEY,
    queryFn: async ({ signal }) => runsOf(await callGeneric('GET /v1/demo/break-it', { signal })),
    refetchInterval: ({ state }) =>
      state.data?.items.some(isUnderWay) === true ? WATCH_MS : REST_MS,
  });
}

function Board(): ReactElement {
  const t = useWords(words);
  const runs = useRuns();
  if (runs.error !== null && runs.data === undefined)
    return <ErrorNote error={runs.error} onRetry={() => void runs.refetch()} />;
  if (runs.data === undefined) return <Skeleton lines={6} />;
  const { items, actions } = runs.data;
  const isBusy = items.some(isUnderWay);
  return (
    <>
      <p className="max-w-prose text-muted">{t('intro')}</p>
      <div className="grid min-w-0 gap-4 lg:grid-cols-3">
        {actions.map((action) => (
          <ActionCard key={action.name} action={action} isBusy={isBusy} />
        ))}
      </div>
      <h2 className="text-16">{t('runs')}</h2>
      {items.length === 0 ? <p className="text-muted">{t('no-runs')}</p> : null}
      {items.map((run) => (
        <RunCard key={run.id} run={run} />
      ))}
    </>
  );
}

const ICONS: Readonly<Record<ActionName, IconName>> = {
  'kill-worker': 'stop',
  'flood-the-door': 'arrow-down',
  'resend-duplicates': 'copy',
};

function ActionCard({
  action: { name, words: typed },
  isBusy,
}: {
  readonly action: Breakable;
  readonly isBusy: boolean;
}): ReactElement {
  const t = useWords(words);
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<CallFailed | null>(null);
  const begin = async (): Promise<void> => {
    setError(null);
    try {
      await callGeneric(`POST /v1/demo/break-it/${name}`, { body: { confirm: typed } });
    } catch (failed) {
      // safe because the client throws nothing else
      setError(failed as CallFailed);
    }
    setAsking(false);
    await queries.invalidateQueries({ queryKey: RUNS_KEY });
  };
  return (
    <Card title={t(`${name}-title`)}>
      <div className="flex h-full flex-col gap-4">
        <p className="flex-1 text-muted">{t(`${name}-text`)}</p>
        {error === null ? null : <ErrorNote error={error} />}
        <div>
          <Button
            kind="danger"
            icon={ICONS[name]}
            disabled={isBusy}
            reason={isBusy ? t('one-at-a-time') : undefined}
            onClick={() => setAsking(true)}
          >
            {t(name)}
          </Button>
        </div>
      </div>
      <ConfirmDialog
        title={t(name)}
        text={
          <>
            {t(`${name}-text`)} {t('confirm-text')}
          </>
        }
        word={typed}
        action={t(name)}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={begin}
      />
    </Card>
  );
}
