/** Leads by stage. A stage is changed by a list on the card, which works by keyboard and on a phone. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, TextLink } from '../../design/buttons.tsx';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { Badge, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Moment } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { useLimits } from '../guests/use-may.ts';
import { usePages } from '../lists/use-pages.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { words } from './words.ts';

const STAGES = ['new', 'contacted', 'qualified', 'proposal', 'won', 'lost'] as const;
type Stage = (typeof STAGES)[number];

interface LeadRow {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly stage: Stage;
  readonly grade: string | null;
  readonly followUpDueAt: string | null;
  readonly capturedAt: string;
}

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

/** What Lead works with. */
function useLead({ lead }: { readonly lead: LeadRow }) {
  const t = useWords(words);
  const limits = useLimits()('leads:write');
  const [isLosing, setLosing] = useState(false);
  const [reason, setReason] = useState('');
  const name = lead.name ?? lead.email ?? lead.phone ?? t('no-name');
  const move = useCommand('POST /v1/leads/{id}/move', { again: ['GET /v1/leads'] });
  const give = (stage: Stage, why?: string): void =>
    move.mutate(
      { params: { id: lead.id }, body: { stage, ...(why === undefined ? {} : { reason: why }) } },
      {
        onSuccess: () => {
          setLosing(false);
          toast(t('moved', { name, stage: t(stage) }));
        },
      },
    );
  return { t, limits, isLosing, setLosing, reason, setReason, name, move, give };
}

function Lead({ lead }: { readonly lead: LeadRow }): ReactElement {
  const { t, limits, isLosing, setLosing, reason, setReason, name, move, give } = useLead({ lead });
  return (
    <li className="flex min-w-0 flex-col gap-2 rounded-control border border-line bg-raised p-2.5">
      <div className="flex min-w-0 items-center gap-2">
        <TextLink to={`/leads/${encodeURIComponent(lead.id)}`} className="min-w-0 flex-1 truncate">
          {name}
        </TextLink>
        {lead.grade === null ? null : (
          <Badge tone={lead.grade === 'A' ? 'good' : 'plain'}>
            {t('grade', { grade: lead.grade })}
          </Badge>
        )}
      </div>
      <p className="truncate text-12 text-muted">
        <Moment at={lead.capturedAt} relative />
        {lead.followUpDueAt === null ? null : (
          <>
            {' '}
            · {t('due')} <Moment at={lead.followUpDueAt} relative />
          </>
        )}
      </p>
      <SelectField
        label={t('move', { name })}
        isLabelHidden
        disabled={limits.disabled || move.isPending}
        value={lead.stage}
        onChange={(stage) => (stage === 'lost' ? setLosing(true) : give(stage))}
        options={STAGES.map((value) => ({ value, label: t(value) }))}
      />
      {isLosing ? null : <FailureNote error={move.error} />}
      <ConfirmDialog
        title={t('lost-title')}
        text={
          <TextField
            label={t('reason')}
            required
            maxLength={200}
            value={reason}
            onChange={setReason}
          />
        }
        action={t('save')}
        isOpen={isLosing}
        isBusy={move.isPending}
        onClose={() => setLosing(false)}
        onConfirm={() => {
          if (reason.trim() !== '') give('lost', reason.trim());
        }}
      >
        <FailureNote error={move.error} />
      </ConfirmDialog>
    </li>
  );
}
