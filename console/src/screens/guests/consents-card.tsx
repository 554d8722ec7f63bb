/** What the guest agreed to be sent, with its proof, and how it came and went. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Badge } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { Moment } from '../../design/texts.tsx';
import { Timeline } from '../../design/timeline.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { CONSENTS_AGAIN, ConsentDialog } from './consent-dialog.tsx';
import type { Channel, ConsentStep, Guest } from './guest-types.ts';
import { useLimits } from '../lists/use-limits.ts';
import { words } from './words.ts';
import { words as guestWords } from './words-guest.ts';

export function ConsentsCard({ guest }: { readonly guest: Guest }): ReactElement {
  const tg = useWords(guestWords);
  const limits = useLimits()('customers:write');
  const [isGiving, setGiving] = useState(false);
  const withdraw = useCommand('POST /v1/customers/{id}/withdraw-consent', {
    again: CONSENTS_AGAIN,
  });
  const isOff = limits.disabled || guest.status !== 'active';
  const takeBack = (channel: Channel): void =>
    followUp(withdraw.mutateAsync({ params: { id: guest.id }, body: { channel } }), () =>
      toast(tg('withdraw-done')),
    );
  const give = (
    <Button size="compact" icon="plus" {...limits} disabled={isOff} onClick={() => setGiving(true)}>
      {tg('give')}
    </Button>
  );
  return (
    <Card title={tg('consents')} actions={give}>
      <div className="flex flex-col gap-3">
        {guest.consents.length === 0 ? <p className="text-muted">{tg('consent-none')}</p> : null}
        {guest.consents.map((consent) => (
          <GivenConsent
            key={consent.channel}
            consent={consent}
            isOff={isOff}
            isBusy={withdraw.isPending && withdraw.variables.body.channel === consent.channel}
            onWithdraw={() => takeBack(consent.channel)}
          />
        ))}
        <FailureNote error={withdraw.error} />
        {guest.consentHistory.length === 0 ? null : <History steps={guest.consentHistory} />}
      </div>
      {isGiving ? <ConsentDialog id={guest.id} onClose={() => setGiving(false)} /> : null}
    </Card>
  );
}

function GivenConsent(props: {
  readonly consent: Guest['consents'][number];
  readonly isOff: boolean;
  readonly isBusy: boolean;
  onWithdraw(): void;
}): ReactElement {
  const t = useWords(words);
  const tg = useWords(guestWords);
  const { channel, since, wording, source } = props.consent;
  return (
    <div className="flex min-w-0 flex-wrap items-start gap-2 rounded-control border border-line p-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <Badge tone="good">{t(`channel-${channel}`)}</Badge>
          <span className="text-12 text-muted">
            <Moment at={since} />
            {source === null ? '' : ` · ${source}`}
          </span>
        </p>
        <p dir="auto" className="pt-1 text-13 break-words">
          “{wording}”
        </p>
      </div>
      <Button
        size="compact"
        disabled={props.isOff}
        isBusy={props.isBusy}
        onClick={() => props.onWithdraw()}
      >
        {tg('withdraw')}
      </Button>
    </div>
  );
}

function History({ steps }: { readonly steps: readonly ConsentStep[] }): ReactElement {
  const t = useWords(words);
  const tg = useWords(guestWords);
  return (
    <details>
      <summary className="cursor-pointer text-13 text-muted">{tg('history')}</summary>
      <div className="pt-3">
        <Timeline
          items={steps.toReversed().map(({ channel, given, at, wording, source }) => ({
            at,
            tone: given ? 'good' : 'bad',
            words: `${t(`channel-${channel}`)}: ${given ? tg('given') : tg('withdrawn')}`,
            by: [wording === null ? null : `“${wording}”`, source]
              .filter((each) => each !== null)
              .join(' · '),
          }))}
        />
      </div>
    </details>
  );
}
