/** Whose business it is, and on an enrolled device which one. */
import type { ReactElement } from 'react';
import { useRead } from '../api/api.ts';
import { allows, useSession } from '../api/session.ts';
import { Badge } from '../design/marks.tsx';
import { DEMO_TENANT } from '../screens/break-it/use-demo.ts';
import { useWords } from '../words/language.ts';
import { words } from './words.ts';

/** Names hardly ever change. */
const STALE_MINUTES = 10;

export function useBusinessName(): string {
  const { tenant, permissions } = useSession();
  const profiles = useRead(
    'GET /v1/business/profiles',
    {},
    { enabled: allows(permissions, 'business:read'), everyMs: STALE_MINUTES * 60_000 },
  );
  return profiles.data?.items[0]?.tradeName ?? profiles.data?.items[0]?.legalName ?? tenant;
}

export function BusinessName(): ReactElement {
  const t = useWords(words);
  const { tenant } = useSession();
  const name = useBusinessName();
  return (
    <div className="hidden min-w-0 items-center gap-2 sm:flex">
      <span dir="auto" title={name} className="max-w-40 truncate font-semibold lg:max-w-64">
        {name}
      </span>
      {tenant === DEMO_TENANT ? <Badge tone="waiting">{t('demo-badge')}</Badge> : null}
    </div>
  );
}
