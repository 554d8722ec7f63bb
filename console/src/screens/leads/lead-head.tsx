/** The head of a lead: how far it is, what it is worth looking at, when somebody is to get back, and the way to the guest. */
import type { ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, LinkButton } from '../../design/buttons.tsx';
import { Badge } from '../../design/marks.tsx';
import { Facts } from '../../design/page.tsx';
import { Moment, Money, useNow } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { LOCALES } from '../../words/define-words.ts';
import { formatMoment, type Money as MoneyValue } from '../../words/format.ts';
import { useSession } from '../../api/session.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useActors } from '../generated/use-actors.ts';
import { useLimits } from '../lists/use-limits.ts';
import { FailureNote } from '../order/failure-note.tsx';
import type { Stage } from './lead-types.ts';
import { sourceOf } from './leads-list.tsx';
import { StageField } from './stage-field.tsx';
import { words } from './words.ts';
import { words as leadWords } from './words-lead.ts';

export interface LeadView {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly source: string;
  readonly language: string | null;
  readonly consents: readonly {
    readonly channel: 'email' | 'sms' | 'whatsapp';
    readonly wording: string;
    readonly since: string;
  }[];
  readonly attribution: Readonly<Record<string, string>>;
  readonly stage: Stage;
  readonly stageReason: string | null;
  readonly score: number | null;
  readonly grade: string | null;
  readonly owner: string | null;
  readonly value: MoneyValue | null;
  readonly customerId: string | null;
  readonly followUp: { readonly dueAt: string } | null;
  readonly notes: readonly { readonly text?: string | null }[];
  readonly capturedAt: string;
}

const AGAIN = {
  again: ['GET /v1/leads', 'GET /v1/leads/{id}', 'GET /v1/leads/{id}/history'],
} as const;
const LOOK_AGAIN_MS = 60_000;

export function LeadHead({ lead }: { readonly lead: LeadView }): ReactElement {
  const t = useWords(words);
  const say = useWords(leadWords);
  const { id, stage, grade, score } = lead;
  const name = lead.name ?? lead.email ?? lead.phone ?? t('no-name');
  return (
    <div className="flex min-w-0 flex-wrap items-end gap-x-6 gap-y-3 rounded-card border border-line bg-raised px-4 py-3">
      <div className="flex min-w-40 flex-col gap-1">
        <span className="text-13 text-muted">{say('stage')}</span>
        <StageField id={id} name={name} stage={stage} />
      </div>
      {grade === null ? null : (
        <p className="flex flex-col gap-1">
          <span className="text-13 text-muted">{say('grade')}</span>
          <bdi className="flex min-h-9 items-center text-20 font-semibold">{grade}</bdi>
        </p>
      )}
      {score === null ? null : (
        <p className="flex flex-col gap-1">
          <span className="text-13 text-muted">{say('score')}</span>
          <span className="flex min-h-9 items-center text-20 font-semibold">{score}</span>
        </p>
      )}
      <FollowUp lead={lead} />
      <Guest lead={lead} />
    </div>
  );
}

function FollowUp({ lead: { id, followUp } }: { readonly lead: LeadView }): ReactElement | null {
  const say = useWords(leadWords);
  const limits = useLimits()('leads:write');
  const nowMs = useNow(LOOK_AGAIN_MS);
  const finish = useCommand('POST /v1/leads/{id}/finish-follow-up', AGAIN);
  if (followUp === null) return null;
  const isLate = Date.parse(followUp.dueAt) < nowMs;
  return (
    <div className="flex flex-wrap items-end gap-3">
      <p className="flex flex-col gap-1">
        <span className="text-13 text-muted">{say('follow-up')}</span>
        <span className="flex min-h-9 items-center gap-2">
          <Moment at={followUp.dueAt} />
          {isLate ? <Badge tone="bad">{say('overdue')}</Badge> : null}
        </span>
      </p>
      <Button
        icon="check"
        {...limits}
        isBusy={finish.isPending}
        onClick={() =>
          finish.mutate({ params: { id }, body: {} }, { onSuccess: () => toast(say('done-toast')) })
        }
      >
        {say('done')}
      </Button>
      <FailureNote error={finish.error} />
    </div>
  );
}

function Guest({ lead: { id, customerId } }: { readonly lead: LeadView }): ReactElement {
  const say = useWords(leadWords);
  const limits = useLimits()('leads:write');
  const convert = useCommand('POST /v1/leads/{id}/convert', AGAIN);
  if (customerId !== null)
    return (
      <LinkButton to={`/guests/${encodeURIComponent(customerId)}`} icon="person">
        {say('guest')}
      </LinkButton>
    );
  return (
    <>
      <Button
        icon="person-add"
        {...limits}
        isBusy={convert.isPending}
        onClick={() =>
          convert.mutate({ params: { id } }, { onSuccess: () => toast(say('converted')) })
        }
      >
        {say('convert')}
      </Button>
      <FailureNote error={convert.error} />
    </>
  );
}

/** What is known of the lead beside the head; also as it was at another moment. */
export function LeadFacts({ lead }: { readonly lead: LeadView }): ReactElement {
  const t = useWords(words);
  const say = useWords(leadWords);
  const language = useLanguage();
  const { user } = useSession();
  const actorOf = useActors();
  const tongues = new Intl.DisplayNames(LOCALES[language], { type: 'language' });
  const { email, phone, owner, consents, attribution, notes } = lead;
  const cause = [attribution['utmSource'], attribution['utmCampaign']].filter(Boolean).join(' · ');
  return (
    <Facts
      facts={[
        [say('email'), email],
        [say('phone'), phone],
        [say('language'), lead.language === null ? null : tongues.of(lead.language)],
        [say('source'), sourceOf(lead.source, say)],
        [say('campaign'), cause],
        [say('stage'), t(lead.stage)],
        [say('lost-because'), lead.stageReason],
        [
          say('owner'),
          owner === null ? null : owner === user.id ? say('owner-you') : actorOf(`user:${owner}`),
        ],
        [say('value'), lead.value === null ? null : <Money key="value" value={lead.value} />],
        [
          say('agreed'),
          consents.length === 0 ? null : (
            <ul key="agreed" className="flex flex-col gap-1">
              {consents.map(({ channel, wording, since }) => (
                <li key={channel}>
                  <bdi>{wording}</bdi>
                  <span className="block text-12 text-muted">
                    {say('agreed-since', {
                      channel: say(channel),
                      time: formatMoment(since, language, { dateStyle: 'medium' }),
                    })}
                  </span>
                </li>
              ))}
            </ul>
          ),
        ],
        [
          say('notes'),
          notes.length === 0 ? null : (
            <ul key="notes" className="flex flex-col gap-1">
              {notes.map(({ text }, at) => (
                // Notes have no ids of their own.
                // oxlint-disable-next-line react/no-array-index-key
                <li key={at} dir="auto" className="whitespace-pre-wrap">
                  {text ?? '–'}
                </li>
              ))}
            </ul>
          ),
        ],
        [say('captured'), <Moment key="captured" at={lead.capturedAt} />],
      ]}
    />
  );
}
