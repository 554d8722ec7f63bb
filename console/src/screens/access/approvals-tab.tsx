/** What colleagues ask to be approved. */
import type { ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { Moment } from '../../design/texts.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { NamingContext, useEveryName } from '../../words/names/use-names.ts';
import { permissionWords } from '../../words/permissions.ts';
import { ValueView } from '../generated/value-view.tsx';
import { words } from './words.ts';

/** Somebody waits at a counter for the answer. */
const LOOK_MS = 3000;
const AGAIN = { again: ['GET /v1/access/approvals'] } as const;

export function ApprovalsTab(): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const namesOf = useEveryName();
  const { user } = useSession();
  const asked = useRead('GET /v1/access/approvals', {}, { everyMs: LOOK_MS });
  const approve = useCommand('POST /v1/access/approvals/{id}/approve', AGAIN);
  const refuse = useCommand('POST /v1/access/approvals/{id}/refuse', AGAIN);
  const error = asked.error ?? approve.error ?? refuse.error;
  if (asked.data === undefined && error === null) return <Skeleton lines={4} />;
  const items = asked.data?.items ?? [];
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      {error === null ? null : <ErrorNote error={error} />}
      {items.length === 0 ? (
        <EmptyState icon="key" title={t('approvals-empty')} text={t('approvals-empty-text')} />
      ) : null}
      {items.map(({ id, permission, requestedBy, requestedByName, command, expiresAt }) => (
        <Card
          key={id}
          title={t('approval-of', {
            name: requestedByName,
            permission: permissionWords(permission, language),
          })}
        >
          <div className="flex flex-col gap-3">
            <p className="text-13 text-muted">
              {namesOf(moduleOf(command)).command(command.command)} · {t('expires')}{' '}
              <Moment at={expiresAt} only="time" />
            </p>
            <NamingContext
              value={{
                names: namesOf(moduleOf(command)),
                within: [command.command, command.category],
              }}
            >
              <ValueView value={command.input} />
            </NamingContext>
            {requestedBy === user.id ? (
              <p className="text-13 text-muted">{t('yours')}</p>
            ) : (
              <div className="flex gap-2">
                <Button
                  kind="primary"
                  icon="check"
                  onClick={() => approve.mutate({ params: { id }, body: {} })}
                >
                  {t('approve')}
                </Button>
                <Button icon="close" onClick={() => refuse.mutate({ params: { id }, body: {} })}>
                  {t('refuse')}
                </Button>
              </div>
            )}
          </div>
        </Card>
      ))}
    </div>
  );
}

function moduleOf({ category }: { readonly category: string }): string {
  return category.split('.')[0] ?? category;
}
