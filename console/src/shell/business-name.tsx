/** Whose business it is, and on an enrolled device which one. */
import type { ReactElement } from 'react';
import { useRead } from '../api/api.ts';
import { allows, useSession } from '../api/session.ts';
import { Badge } from '../design/marks.tsx';
import { DEMO_TENANT } from '../session/demo-tenant.ts';
import { useWords } from '../words/language.ts';
import { BusinessLogo } from './business-logo.tsx';
import { words } from './words.ts';

/** Names hardly ever change. */
const STALE_MINUTES = 10;

interface Business {
  readonly name: string;
  readonly logoId: string | null;
}

function useBusiness(): Business {
  const { tenant, permissions } = useSession();
  const profiles = useRead(
    'GET /v1/business/profiles',
    {},
    { enabled: allows(permissions, 'business:read'), everyMs: STALE_MINUTES * 60_000 },
  );
  const profile = profiles.data?.items[0];
  return {
    name: profile?.tradeName ?? profile?.legalName ?? tenant,
    logoId: profile?.logoId ?? null,
  };
}

export function BusinessName(): ReactElement {
  const t = useWords(words);
  const { tenant } = useSession();
  const { name, logoId } = useBusiness();
  return (
    <div className="hidden min-w-0 items-center gap-2 sm:flex">
      {logoId === null ? null : <BusinessLogo logoId={logoId} name={name} />}
      <span dir="auto" title={name} className="max-w-40 truncate font-semibold lg:max-w-64">
        {name}
      </span>
      {tenant === DEMO_TENANT ? <Badge tone="waiting">{t('demo-badge')}</Badge> : null}
    </div>
  );
}
