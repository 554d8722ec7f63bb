/** One drawer: opened with a float, moved, counted blind, closed; its X and Z reports for those who may read them. */
import { useParams } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { Button, TextLink } from '../../design/buttons.tsx';
import { Badge, ErrorNote, Figure, Skeleton } from '../../design/marks.tsx';
import { Card, Page } from '../../design/page.tsx';
import { Moment } from '../../design/texts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useRefresh } from '../floor/use-refresh.ts';
import { shaped } from '../order/order-types.ts';
import { CashDialog } from './cash-dialog.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { CountDialog } from './count-dialog.tsx';
import { OpenDialog } from './open-dialog.tsx';
import { ReportView } from './report-view.tsx';
import type { SessionReport, Till } from './till-types.ts';
import { words } from './words.ts';
import { ZReports } from './z-reports.tsx';

export function TillScreen(): ReactElement {
  const t = useWords(words);
  const { id = '' } = useParams({ strict: false });
  const { data, error, isPending, refetch } = useRead('GET /v1/business/tills/{id}', {
    params: { id },
  });
  const { permissions } = useSession();
  const till = data === undefined ? null : shaped<Till>(data);
  useRefresh(
    'GET /v1/business/tills/live',
    { query: { locationId: till?.locationId ?? '', limit: 1 } },
    {
      again: ['GET /v1/business/tills/{id}', 'GET /v1/business/tills/{id}/z-reports'],
      enabled: till !== null,
    },
  );
  const above = <TextLink to="/tills">{t('back')}</TextLink>;
  if (till === null)
    return (
      <Page title={error?.status === 404 ? t('not-found') : t('till')} above={above}>
        {isPending ? (
          <Skeleton lines={5} />
        ) : error === null ? null : (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        )}
      </Page>
    );
  const { session } = till;
  return (
    <Page
      title={till.name}
      above={above}
      badge={
        session === null ? (
          <Badge icon="lock">{t('shut')}</Badge>
        ) : (
          <Badge tone="good" icon="unlock">
            {t('open')}
          </Badge>
        )
      }
    >
      <Session till={till} />
      {allows(permissions, 'reports:read') ? (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          {session === null ? null : <XReport tillId={id} />}
          <ZReports tillId={id} />
        </div>
      ) : null}
    </Page>
  );
}

type Action = 'open' | 'put' | 'take' | 'count' | 'close';

function Session({ till }: { readonly till: Till }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const [action, setAction] = useState<Action | null>(null);
  const { session, currency } = till;
  return (
    <>
      {session === null ? null : (
        <div className="grid grid-cols-[repeat(auto-fit,minmax(184px,1fr))] gap-3">
          <Figure
            label={t('float')}
            value={formatMoney({ amount: session.float, currency }, language)}
          />
          <Figure
            label={t('opened')}
            value={<Moment at={session.openedAt} only="time" />}
            trend={session.businessDay}
          />
          <Figure
            label={t('state')}
            value={session.isCounted ? t('counted') : t('not-counted')}
            tone={session.isCounted ? 'good' : 'plain'}
          />
        </div>
      )}
      <SessionButtons till={till} onAction={setAction} />
      <ActionDialog till={till} action={action} onClose={() => setAction(null)} />
    </>
  );
}

function ActionDialog(props: {
  readonly till: Till;
  readonly action: Action | null;
  onClose(): void;
}): ReactElement | null {
  const { till, action, onClose } = props;
  switch (action) {
    case null:
      return null;
    case 'open':
      return <OpenDialog till={till} onClose={onClose} />;
    case 'put':
    case 'take':
      return <CashDialog till={till} way={action} onClose={onClose} />;
    case 'count':
      return <CountDialog till={till} onClose={onClose} />;
    case 'close':
      return <CloseDialog till={till} onClose={onClose} />;
  }
}

function SessionButtons({
  till,
  onAction,
}: {
  readonly till: Till;
  onAction(action: Action): void;
}): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  const { session, name } = till;
  const may = allows(permissions, 'business:till');
  const all = { size: 'touch' as const, disabled: !may, reason: t('may-not') };
  if (session === null)
    return (
      <div>
        <Button {...all} kind="primary" icon="unlock" onClick={() => onAction('open')}>
          {t('open-title', { name: name.slice(0, 40) })}
        </Button>
      </div>
    );
  const { isCounted } = session;
  return (
    <div className="flex flex-wrap gap-3">
      <Button {...all} icon="arrow-down" onClick={() => onAction('put')}>
        {t('put-in')}
      </Button>
      <Button {...all} icon="arrow-up" onClick={() => onAction('take')}>
        {t('take-out')}
      </Button>
      <Button
        {...all}
        icon="cash"
        kind={isCounted ? 'quiet' : 'primary'}
        onClick={() => onAction('count')}
      >
        {isCounted ? t('count-again') : t('count')}
      </Button>
      <Button
        {...all}
        icon="lock"
        kind={isCounted ? 'primary' : 'quiet'}
        disabled={!may || !isCounted}
        reason={may ? t('not-counted') : t('may-not')}
        onClick={() => onAction('close')}
      >
        {t('close')}
      </Button>
    </div>
  );
}

/** Takings grow by the minute; nothing tells a till's screen of single payments. */
const X_REPORT_MS = 10_000;

function XReport({ tillId }: { readonly tillId: string }): ReactElement {
  const t = useWords(words);
  const { data, error, isPending } = useRead(
    'GET /v1/business/tills/{id}/x-report',
    { params: { id: tillId } },
    { everyMs: X_REPORT_MS },
  );
  return (
    <Card title={t('x-report')}>
      <p className="pb-3 text-13 text-muted">{t('x-hint')}</p>
      {isPending ? <Skeleton lines={5} /> : null}
      {error === null || error.status === 404 ? null : <ErrorNote error={error} />}
      {data === undefined ? null : <ReportView report={shaped<SessionReport>(data)} />}
    </Card>
  );
}
