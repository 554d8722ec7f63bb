/** Campaigns whose hour passed without them: nobody was there when it happened, so it is said where people look. */
import type { ReactElement, ReactNode } from 'react';
import { useRead } from '../../api/api.ts';
import { TextLink } from '../../design/buttons.tsx';
import { Icon } from '../../design/icons.tsx';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useNamesOf } from '../../words/names/use-names.ts';
import { words } from './words.ts';

/** More are found in the list of campaigns by their status. */
const SHOWN_MAX = 5;

/** On the screen of one campaign. */
export function NotStartedNote({
  scheduledFor,
  reason,
}: {
  readonly scheduledFor: string;
  readonly reason: string;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const names = useNamesOf('messages.campaigns');
  const time = formatMoment(scheduledFor, language);
  const because = names.value('notStartedFor', reason) ?? reason;
  return <Note>{t('not-started', { time, because })}</Note>;
}

/** Above all messages: which campaigns need somebody. */
export function NotStartedCampaigns(): ReactElement | null {
  const t = useWords(words);
  const { data } = useRead('GET /v1/messages/campaigns', {
    query: { status: 'not-started', limit: SHOWN_MAX },
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Note>
      {t('campaigns-not-started')}{' '}
      {data.items.map(({ id, name }, index) => (
        <span key={id}>
          {index === 0 ? '' : ', '}
          <TextLink to={`/messages/campaigns/${id}`}>{name ?? t('campaign')}</TextLink>
        </span>
      ))}
      {data.more ? ' …' : ''}
    </Note>
  );
}

function Note({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <div role="status" className="flex gap-3 rounded-card border border-wine bg-wine-soft p-3">
      <Icon name="warning" size={20} className="shrink-0 text-wine" />
      <p className="min-w-0 flex-1 break-words">{children}</p>
    </div>
  );
}
