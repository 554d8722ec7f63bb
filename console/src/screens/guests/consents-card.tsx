/** What the guest agreed to be sent, with its proof, and how it came and went. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField, TextAreaField, TextField } from '../../design/fields.tsx';
import { Badge } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { Moment } from '../../design/texts.tsx';
import { Timeline } from '../../design/timeline.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { CHANNELS, type Channel, type Guest } from './guest-types.ts';
import { useLimits } from './use-may.ts';
import { words } from './words.ts';
import { words as guestWords } from './words-guest.ts';

const AGAIN = [
  'GET /v1/customers/{id}',
  'GET /v1/customers',
  'GET /v1/guests/{id}/timeline',
] as const;

export function ConsentsCard({ guest }: { readonly guest: Guest }): ReactElement {
  const t = useWords(words);
  const tg = useWords(guestWords);
  const limits = useLimits()('customers:write');
  const [isGiving, setGiving] = useState(false);
  const withdraw = useCommand('POST /v1/customers/{id}/withdraw-consent', { again: AGAIN });
  const isOff = limits.disabled || guest.status !== 'active';
  return (
    <Card
      title={tg('consents')}
      actions={
        <Button
          size="compact"
          icon="plus"
          {...limits}
          disabled={isOff}
          onClick={() => setGiving(true)}
        >
          {tg('give')}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {guest.consents.length === 0 ? <p className="text-muted">{tg('consent-none')}</p> : null}
        {guest.consents.map(({ channel, since, wording, source }) => (
          <div
            key={channel}
            className="flex min-w-0 flex-wrap items-start gap-2 rounded-control border border-line p-3"
          >
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
              disabled={isOff}
              isBusy={withdraw.isPending && withdraw.variables.body.channel === channel}
              onClick={() =>
                withdraw.mutate(
                  { params: { id: guest.id }, body: { channel } },
                  { onSuccess: () => toast(tg('withdraw-done')) },
                )
              }
            >
              {tg('withdraw')}
            </Button>
          </div>
        ))}
        <FailureNote error={withdraw.error} />
        {guest.consentHistory.length === 0 ? null : (
          <details>
            <summary className="cursor-pointer text-13 text-muted">{tg('history')}</summary>
            <div className="pt-3">
              <Timeline
                items={guest.consentHistory
                  .toReversed()
                  .map(({ channel, given, at, wording, source }) => ({
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
        )}
      </div>
      {isGiving ? <ConsentDialog id={guest.id} onClose={() => setGiving(false)} /> : null}
    </Card>
  );
}

function ConsentDialog({ id, onClose }: { readonly id: string; onClose(): void }): ReactElement {
  const t = useWords(words);
  const tg = useWords(guestWords);
  const [channel, setChannel] = useState<Channel>('email');
  const [wording, setWording] = useState('');
  const [source, setSource] = useState('');
  const give = useCommand('POST /v1/customers/{id}/give-consent', { again: AGAIN });
  return (
    <Dialog
      title={tg('give')}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          disabled={wording.trim() === ''}
          isBusy={give.isPending}
          onClick={() =>
            give.mutate(
              {
                params: { id },
                body: {
                  channel,
                  wording: wording.trim(),
                  ...(source.trim() === '' ? {} : { source: source.trim() }),
                },
              },
              {
                onSuccess: () => {
                  toast(tg('give-done'));
                  onClose();
                },
              },
            )
          }
        >
          {tg('give')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <SelectField
          label={tg('channel')}
          value={channel}
          onChange={setChannel}
          options={CHANNELS.map((value) => ({ value, label: t(`channel-${value}`) }))}
        />
        <TextAreaField
          label={tg('wording')}
          required
          maxLength={2000}
          value={wording}
          onChange={setWording}
        />
        <TextField
          label={tg('source')}
          hint={tg('source-hint')}
          maxLength={100}
          value={source}
          onChange={setSource}
        />
        <FailureNote error={give.error} />
      </div>
    </Dialog>
  );
}
