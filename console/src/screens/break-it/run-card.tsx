/** One run: how far it is, what was sent, and whether anything was lost. */
import type { ReactElement } from 'react';
import {
  Badge,
  Card,
  classes,
  Moment,
  ProgressBar,
  TextLink,
  type Tone,
} from '../../design/index.ts';
import { formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { isUnderWay, type Proof, type Run } from './runs.ts';
import { words } from './words.ts';

const TONES: Readonly<Record<Run['status'], Tone>> = {
  running: 'waiting',
  proving: 'info',
  done: 'good',
  failed: 'bad',
};

export function RunCard({ run }: { readonly run: Run }): ReactElement {
  const t = useWords(words);
  return (
    <Card
      title={t(run.action)}
      actions={
        <>
          <Badge tone={TONES[run.status]}>{t(run.status)}</Badge>
          <span className="text-12 text-muted">
            <Moment at={run.startedAt} />
          </span>
        </>
      }
    >
      <div aria-live="polite" className="flex flex-col gap-4">
        {isUnderWay(run) ? (
          <ProgressBar label={t('progress', { action: t(run.action) })} share={run.progress} />
        ) : null}
        {run.proof === null ? null : <ProofOf proof={run.proof} />}
        <Numbers run={run} />
        {run.proof === null ? null : (
          <p className="text-13">
            <TextLink to="/events" search={{ q: `source:/demo/break-it/${run.id}` }}>
              {t('show-events')}
            </TextLink>
          </p>
        )}
      </div>
    </Card>
  );
}

function ProofOf({ proof }: { readonly proof: Proof }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const isGood = proof.lost === 0 && proof.doubled === 0;
  const heroes = ['acknowledged', 'found', 'lost', 'doubled'] as const;
  return (
    <section
      className={classes(
        'rounded-card border p-4',
        isGood ? 'border-brand bg-brand-soft' : 'border-wine bg-wine-soft',
      )}
    >
      <h3 className="sr-only">{t('proof')}</h3>
      <dl className="grid grid-cols-2 gap-4 md:grid-cols-4">
        {heroes.map((name) => (
          <div key={name} className="flex min-w-0 flex-col-reverse">
            <dt className="truncate text-13 text-muted-on-soft">{t(name)}</dt>
            <dd
              className={classes(
                'text-28 leading-tight font-semibold',
                (name === 'lost' || name === 'doubled') &&
                  (proof[name] === 0 ? 'text-brand' : 'text-wine'),
              )}
            >
              {formatNumber(proof[name], language)}
            </dd>
          </div>
        ))}
      </dl>
      <p className="pt-3">
        {isGood ? t('proof-good') : t('proof-bad', { lost: proof.lost, doubled: proof.doubled })}
      </p>
    </section>
  );
}

const SENT = ['batches', 'created', 'duplicates', 'rejected', 'turnedAway'] as const;
const FIGURES = [
  'documentsGiven',
  'workersKilled',
  'documentsJudged',
  'documentsLost',
  'eventsPerSecond',
  'eventsMeanwhile',
] as const;

/** Figures that a run does not have, and ones this console has no words for, are left out. */
function Numbers({ run: { sent, figures } }: { readonly run: Run }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const all = [
    ...FIGURES.map((name) => [t(`figure-${name}`), figures[name]] as const),
    ...SENT.map((name) => [t(`sent-${name}`), sent[name]] as const),
  ].filter((entry): entry is readonly [string, number] => entry[1] !== undefined);
  return (
    <dl aria-label={t('sent')} className="flex flex-wrap gap-x-6 gap-y-2">
      {all.map(([name, value]) => (
        <div key={name} className="flex min-w-24 flex-col">
          <dt className="text-12 text-muted">{name}</dt>
          <dd className="text-16">{formatNumber(value, language)}</dd>
        </div>
      ))}
    </dl>
  );
}
