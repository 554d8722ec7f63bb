/** How the guest is called, reached and found; tags. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, IconButton } from '../../design/buttons.tsx';
import { TextField } from '../../design/fields.tsx';
import { Badge } from '../../design/marks.tsx';
import { Card, Facts } from '../../design/page.tsx';
import { Moment, Mono } from '../../design/texts.tsx';
import { zoneLabel } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import type { Guest } from './guest-types.ts';
import { searchOf } from './search.ts';
import { useLimits } from '../lists/use-limits.ts';
import { tongueName } from '../lists/regions.ts';
import { words } from './words.ts';
import { words as guestWords } from './words-guest.ts';

const AGAIN = ['GET /v1/customers/{id}', 'GET /v1/customers'] as const;

export function ContactCard({ guest }: { readonly guest: Guest }): ReactElement {
  const t = useWords(words);
  const tg = useWords(guestWords);
  const language = useLanguage();
  return (
    <Card title={t('page-what')}>
      <div className="flex flex-col gap-4">
        <Facts
          facts={[
            [t('kind'), t(guest.kind)],
            [
              t('phone'),
              guest.phone === null ? null : (
                <a key="phone" className="text-brand underline" href={`tel:${guest.phone}`}>
                  {guest.phone}
                </a>
              ),
            ],
            [
              t('email'),
              guest.email === null ? null : (
                <a key="email" className="text-brand underline" href={`mailto:${guest.email}`}>
                  {guest.email}
                </a>
              ),
            ],
            [t('language'), tongueName(guest.language, language)],
            [
              t('zone'),
              guest.timeZone === null || guest.timeZone === undefined
                ? null
                : zoneLabel(guest.timeZone),
            ],
            [t('since'), <Moment key="since" at={guest.registeredAt} />],
            [
              'Id',
              <Mono key="id" copy>
                {guest.id}
              </Mono>,
            ],
          ]}
        />
        <Tags guest={guest} />
        <section className="flex flex-col gap-2">
          <h3 className="text-13 text-muted">{tg('identifiers')}</h3>
          <Identifiers guest={guest} />
        </section>
      </div>
    </Card>
  );
}

function Tags({ guest }: { readonly guest: Guest }): ReactElement {
  const t = useWords(words);
  const tg = useWords(guestWords);
  const limits = useLimits()('customers:write');
  const [typed, setTyped] = useState('');
  const tag = useCommand('POST /v1/customers/{id}/tag', { again: AGAIN });
  const untag = useCommand('POST /v1/customers/{id}/untag', { again: AGAIN });
  const params = { id: guest.id };
  const isOff = limits.disabled || guest.status !== 'active';
  const add = (): void => {
    const tags = typed
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '');
    if (tags.length > 0) tag.mutate({ params, body: { tags } }, { onSuccess: () => setTyped('') });
  };
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-13 text-muted">{t('tags')}</h3>
      <div className="flex flex-wrap items-center gap-1.5">
        {guest.tags.length === 0 ? (
          <span className="text-13 text-muted">{tg('tag-none')}</span>
        ) : null}
        {guest.tags.map((each) => (
          <span key={each} className="inline-flex max-w-full items-center gap-0.5">
            <Badge icon="tag">{each}</Badge>
            {isOff ? null : (
              <IconButton
                size="compact"
                icon="close"
                label={`${tg('remove')}: ${each}`}
                onClick={() => untag.mutate({ params, body: { tags: [each] } })}
              />
            )}
          </span>
        ))}
      </div>
      {isOff ? null : (
        <div className="flex gap-2">
          <TextField
            className="w-52"
            label={tg('tag-add')}
            isLabelHidden
            placeholder={tg('tag-add')}
            value={typed}
            onChange={setTyped}
            onEnter={add}
          />
          <Button isBusy={tag.isPending} disabled={typed.trim() === ''} onClick={add}>
            {tg('add')}
          </Button>
        </div>
      )}
      <FailureNote error={tag.error ?? untag.error} />
    </section>
  );
}

/** What Identifiers works with. */
function useIdentifiers({ guest }: { readonly guest: Guest }) {
  const tg = useWords(guestWords);
  const limits = useLimits()('customers:write');
  const [typed, setTyped] = useState('');
  const add = useCommand('POST /v1/customers/{id}/add-identifier', { again: AGAIN });
  const remove = useCommand('POST /v1/customers/{id}/remove-identifier', { again: AGAIN });
  const prefer = useCommand('POST /v1/customers/{id}/prefer-identifier', { again: AGAIN });
  const params = { id: guest.id };
  const isOff = limits.disabled || guest.status !== 'active';
  const search = searchOf(typed);
  const give = (): void => {
    const body =
      search.by === 'phone'
        ? ({ kind: 'phone', value: search.phone } as const)
        : search.by === 'email'
          ? ({ kind: 'email', value: search.email } as const)
          : null;
    if (body !== null) add.mutate({ params, body }, { onSuccess: () => setTyped('') });
  };
  return { tg, typed, setTyped, add, remove, prefer, params, isOff, search, give };
}

function Identifiers({ guest }: { readonly guest: Guest }): ReactElement {
  const { tg, typed, setTyped, add, remove, prefer, params, isOff, search, give } = useIdentifiers({
    guest,
  });
  return (
    <div className="flex flex-col gap-2">
      {guest.identifiers.map(({ id, kind, value }) => {
        const isPreferred = guest.preferred.phone === id || guest.preferred.email === id;
        return (
          <div key={id} className="flex min-w-0 items-center gap-2">
            <span className="min-w-0 flex-1 truncate">{value ?? '–'}</span>
            {isPreferred ? <Badge tone="good">{tg('preferred')}</Badge> : null}
            {isOff || isPreferred || kind === 'messenger' ? null : (
              <Button
                size="compact"
                onClick={() => prefer.mutate({ params, body: { identifierId: id } })}
              >
                {tg('prefer')}
              </Button>
            )}
            {isOff ? null : (
              <IconButton
                size="compact"
                icon="trash"
                label={`${tg('remove')}: ${value ?? ''}`}
                onClick={() => remove.mutate({ params, body: { identifierId: id } })}
              />
            )}
          </div>
        );
      })}
      {isOff ? null : (
        <div className="flex items-start gap-2">
          <TextField
            className="w-52"
            label={tg('add-identifier')}
            isLabelHidden
            placeholder={tg('value')}
            error={search.by === 'name' && typed.length > 4 ? tg('value-wrong') : null}
            value={typed}
            onChange={setTyped}
            onEnter={give}
          />
          <Button
            isBusy={add.isPending}
            disabled={search.by === 'none' || search.by === 'name'}
            onClick={give}
          >
            {tg('add')}
          </Button>
        </div>
      )}
      <FailureNote error={add.error ?? remove.error ?? prefer.error} />
    </div>
  );
}
