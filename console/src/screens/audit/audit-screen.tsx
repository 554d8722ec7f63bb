/** The audit trail: entries with filters, three reports, and its verification in words. */
import { type ReactElement } from 'react';
import { Page, Tabs, useSetUrlSearch, useUrlSearch } from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { AuditFilters } from './audit-filters.tsx';
import { queryOf, REPORTS, type Report } from './audit-query.ts';
import { EntryTable } from './entry-table.tsx';
import { SignInTable } from './sign-in-table.tsx';
import { VerifyButton, VerifyResult, useVerify } from './verify-chain.tsx';
import { words } from './words.ts';

export function AuditScreen(): ReactElement {
  const t = useWords(words);
  const search = useUrlSearch();
  const set = useSetUrlSearch();
  const report: Report = REPORTS.find((each) => each === search['tab']) ?? 'entries';
  const verify = useVerify();
  const query = queryOf(report, search);
  return (
    <Page title={t('title')} actions={<VerifyButton verify={verify} />}>
      <p className="max-w-prose text-muted">{t('intro')}</p>
      <VerifyResult verify={verify} />
      <Tabs<Report>
        label={t('tabs')}
        tabs={REPORTS.map((value) => ({ value, label: t(`tab-${value}`) }))}
        value={report}
        onChange={(next) => set({ tab: next === 'entries' ? null : next, entry: null })}
      >
        <div className="flex min-w-0 flex-col gap-4">
          <p className="text-muted">{t(`text-${report}`)}</p>
          <AuditFilters report={report} />
          {report === 'sign-ins' ? (
            <SignInTable query={query} />
          ) : (
            <EntryTable report={report} query={query} />
          )}
        </div>
      </Tabs>
    </Page>
  );
}
