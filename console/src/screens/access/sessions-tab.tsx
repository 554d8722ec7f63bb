import type { ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Badge, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Moment } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { words } from './words.ts';

export function SessionsTab(): ReactElement {
  return (
    <div className="max-w-3xl">
      <SessionList />
    </div>
  );
}

/** Open sessions: one's own, or those of somebody. */
export function SessionList({ userId }: { readonly userId?: string }): ReactElement {
  const t = useWords(words);
  const sessions = useRead(
    'GET /v1/access/sessions',
    userId === undefined ? {} : { query: { userId } },
  );
  const end = useCommand('DELETE /v1/access/sessions/{id}', { again: ['GET /v1/access/sessions'] });
  if (sessions.error !== null)
    return <ErrorNote error={sessions.error} onRetry={() => void sessions.refetch()} />;
  if (sessions.data === undefined) return <Skeleton lines={3} />;
  return (
    <div className="flex flex-col gap-2">
      {end.error === null ? null : <ErrorNote error={end.error} />}
      <ul className="flex flex-col rounded-card border border-line bg-raised">
        {sessions.data.items.map((session) => (
          <li
            key={session.id}
            className="flex min-w-0 items-center gap-3 border-b border-line px-3 py-2 last:border-b-0"
          >
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-2">
                <span className="max-w-full truncate">{browserOf(session.agent)}</span>
                <Badge>{t(session.method === 'pin' ? 'by-pin' : 'by-password')}</Badge>
                {session.isThis ? <Badge tone="good">{t('session-this')}</Badge> : null}
              </p>
              <p className="text-12 text-muted">
                {session.address} · {t('last-used')} <Moment at={session.lastUsedAt} relative />
              </p>
            </div>
            {session.isThis ? null : (
              <Button
                size="compact"
                onClick={() =>
                  followUp(end.mutateAsync({ params: { id: session.id } }), () =>
                    toast(t('session-ended')),
                  )
                }
              >
                {t('end-session')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The name and version of a browser within what it says about itself. */
export function browserOf(agent: string): string {
  const match = /(Firefox|Edg|OPR|HeadlessChrome|Chrome|Version)\/([\d]+)/.exec(agent);
  const name = match?.[1] === 'Version' ? 'Safari' : match?.[1];
  return name === undefined ? agent || '–' : `${name} ${match?.[2] ?? ''}`;
}
