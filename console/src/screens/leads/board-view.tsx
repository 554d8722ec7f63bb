/** Leads by stage. A stage is changed by a list on the card, which works by keyboard and on a phone. */
import type { ReactElement } from 'react';
import { Button, TextLink } from '../../design/buttons.tsx';
import { Badge, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Moment, useNow } from '../../design/texts.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { usePages } from '../lists/use-pages.ts';
import { STAGES, type LeadRow, type Stage } from './lead-types.ts';
import { StageField } from './stage-field.tsx';
import { words } from './words.ts';

export function BoardView(): ReactElement {
  return (
    <div className="flex min-w-0 gap-3 overflow-x-auto pb-2">
      {STAGES.map((stage) => (
        <Column key={stage} stage={stage} />
      ))}
    </div>
  );
}

/** Enough to work from; the list has all of them. */
const CARDS = 50;

function Column({ stage }: { readonly stage: Stage }): ReactElement {
  const t = useWords(words);
  const { at } = useAsOf();
  const list = usePages<LeadRow>('GET /v1/leads', { stage, at: at ?? undefined }, { limit: CARDS });
  return (
    <section
      aria-label={t(stage)}
      className="flex w-64 shrink-0 flex-col gap-2 rounded-card border border-line bg-sunken p-2"
    >
      <h2 className="flex items-center justify-between px-1 text-14">
        {t(stage)}
        <span className="text-12 text-muted-on-soft">{`${list.rows.length}${list.loadMore === undefined ? '' : '+'}`}</span>
      </h2>
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      {list.isLoading && list.rows.length === 0 ? <Skeleton lines={3} /> : null}
      {!list.isLoading && list.rows.length === 0 ? (
        <p className="px-1 text-13 text-muted-on-soft">{t('none')}</p>
      ) : null}
      <ul className="flex max-h-[60vh] flex-col gap-2 overflow-y-auto">
        {list.rows.map((lead) => (
          <Lead key={lead.id} lead={lead} />
        ))}
      </ul>
      {list.loadMore === undefined ? null : (
        <Button size="compact" onClick={list.loadMore}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}

function Lead({ lead }: { readonly lead: LeadRow }): ReactElement {
  const t = useWords(words);
  const { id, grade, stage, capturedAt, followUpDueAt } = lead;
  const name = lead.name ?? lead.email ?? lead.phone ?? t('no-name');
  return (
    <li className="flex min-w-0 flex-col gap-2 rounded-control border border-line bg-raised p-2.5">
      <div className="flex min-w-0 items-center gap-2">
        <TextLink to={`/leads/${encodeURIComponent(id)}`} className="min-w-0 flex-1 truncate">
          <bdi>{name}</bdi>
        </TextLink>
        {grade === null ? null : (
          <Badge tone={grade === 'A' ? 'good' : 'plain'}>{t('grade', { grade })}</Badge>
        )}
      </div>
      <div className="flex min-w-0 flex-wrap justify-between gap-x-2 text-12 text-muted">
        <Moment at={capturedAt} relative />
        {followUpDueAt === null ? null : <Due at={followUpDueAt} />}
      </div>
      <StageField id={id} name={name} stage={stage} />
    </li>
  );
}

/** When somebody is to get back to them; what is late stands out. */
function Due({ at }: { readonly at: string }): ReactElement {
  const t = useWords(words);
  const isLate = Date.parse(at) < useNow(LOOK_AGAIN_MS);
  return (
    <span className={isLate ? 'font-medium text-wine' : undefined}>
      {t('due')} <Moment at={at} relative />
    </span>
  );
}

const LOOK_AGAIN_MS = 60_000;
