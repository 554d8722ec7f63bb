/** One campaign: how many it would go to, how far it is, and its commands (schedule, start, pause, resume, cancel). */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { Figure } from '../../design/marks.tsx';
import { formatMoney, formatNumber, type Money } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { ObjectView } from '../generated/value-view.tsx';
import { ThingScreen } from '../lists/thing-screen.tsx';
import { FailureNote } from '../order/failure-note.tsx';
import { shaped } from '../order/order-types.ts';
import { DemoNote } from './demo-note.tsx';
import { NotStartedNote } from './not-started.tsx';
import { words } from './words.ts';

/** While it goes out. */
const LOOK_AGAIN_MS = 2000;

interface Estimate {
  readonly recipients: number;
  readonly atLeast: boolean;
  readonly cost: Money | null;
}

interface Progress {
  readonly recipients: number;
  readonly finished: boolean;
  readonly totals: Readonly<Record<string, number>>;
}

export function CampaignScreen(): ReactElement {
  const t = useWords(words);
  return (
    <ThingScreen
      category="messages.campaigns"
      title={t('campaigns')}
      back="/messages"
      titleOf={({ name }) => (typeof name === 'string' ? name : t('campaign'))}
      above={(id, { scheduledFor, notStartedFor }) => (
        <>
          <DemoNote />
          {typeof notStartedFor === 'string' && typeof scheduledFor === 'string' ? (
            <NotStartedNote scheduledFor={scheduledFor} reason={notStartedFor} />
          ) : null}
          <HowFar id={id} />
        </>
      )}
    />
  );
}

function HowFar({ id }: { readonly id: string }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const estimate = useRead('GET /v1/messages/campaigns/{id}/estimate', { params: { id } });
  const progress = useRead(
    'GET /v1/messages/campaigns/{id}/progress',
    { params: { id } },
    { everyMs: LOOK_AGAIN_MS },
  );
  const guess = shaped<Estimate | undefined>(estimate.data);
  const now = shaped<Progress | undefined>(progress.data);
  const number = (value: number | undefined): string =>
    value === undefined ? '–' : formatNumber(value, language);
  const going = Math.max(1, now?.recipients ?? 1);
  const gone = Object.entries(now?.totals ?? {}).reduce(
    (sum, [name, count]) => (name === 'open' ? sum : sum + count),
    0,
  );
  return (
    <>
      <FailureNote error={estimate.error ?? progress.error} />
      <div className="grid grid-cols-2 gap-3 md:grid-cols-3">
        <Figure
          label={t('estimate')}
          value={`${guess?.atLeast === true ? '≥ ' : ''}${number(guess?.recipients)}`}
        />
        <Figure
          label={t('estimate-cost')}
          value={
            guess?.cost === null || guess?.cost === undefined
              ? '–'
              : formatMoney(guess.cost, language)
          }
        />
        <Figure label={t('progress')} value={`${number(gone)} / ${number(now?.recipients)}`}>
          <progress
            className="h-2 w-full accent-brand"
            aria-label={t('progress')}
            max={going}
            value={gone}
          />
        </Figure>
      </div>
      {now === undefined || now.recipients === 0 ? null : <ObjectView value={now.totals} />}
    </>
  );
}
