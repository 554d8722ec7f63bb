/** The Z reports of a till, newest first; one opens with all its numbers. */
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { DataTable } from '../../design/data-table.tsx';
import { Drawer } from '../../design/dialogs.tsx';
import { Badge, ErrorNote, Figure } from '../../design/marks.tsx';
import { Moment } from '../../design/texts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { shaped } from '../order/order-types.ts';
import { TableSection } from '../today/table-section.tsx';
import { ReportView } from './report-view.tsx';
import type { ZReport } from './till-types.ts';
import { words } from './words.ts';

export function ZReports({ tillId }: { readonly tillId: string }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const [open, setOpen] = useState<ZReport | null>(null);
  const { data, error, isPending } = useRead('GET /v1/business/tills/{id}/z-reports', {
    params: { id: tillId },
    query: { limit: 100 },
  });
  const rows = shaped<readonly ZReport[]>(data?.items ?? []);
  return (
    <TableSection title={t('z-reports')}>
      {error === null ? null : <ErrorNote error={error} />}
      <DataTable<ZReport>
        label={t('z-reports')}
        rows={rows}
        rowKey={({ id }) => id}
        isLoading={isPending}
        onOpen={setOpen}
        empty={<p className="p-4 text-muted">{t('z-empty')}</p>}
        columns={[
          {
            key: 'number',
            title: t('number'),
            width: 80,
            cell: ({ number }) => <span className="font-semibold">{number}</span>,
          },
          { key: 'day', title: t('day'), cell: ({ businessDay }) => businessDay },
          {
            key: 'counted',
            title: t('counted'),
            numeric: true,
            cell: ({ counted, currency }) => formatMoney({ amount: counted, currency }, language),
          },
          {
            key: 'over',
            title: t('over-short'),
            numeric: true,
            width: 140,
            cell: (report) => <OverShort report={report} />,
          },
        ]}
      />
      <Drawer
        title={open === null ? '' : t('z-title', { number: open.number })}
        isOpen={open !== null}
        onClose={() => setOpen(null)}
      >
        {open === null ? null : <Whole report={open} />}
      </Drawer>
    </TableSection>
  );
}

function OverShort({
  report: { overShort, currency },
}: {
  readonly report: ZReport;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  if (overShort === 0) return <Badge tone="good">{t('is-right')}</Badge>;
  const text = formatMoney({ amount: overShort, currency }, language);
  return (
    <Badge tone={overShort < 0 ? 'bad' : 'waiting'}>{overShort > 0 ? `+${text}` : text}</Badge>
  );
}

function Whole({ report }: { readonly report: ZReport }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { currency } = report;
  const say = (amount: number): string => formatMoney({ amount, currency }, language);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-13 text-muted">
        {t('closed')} <Moment at={report.closedAt} /> · {report.businessDay}
      </p>
      <div className="grid grid-cols-2 gap-3">
        <Figure
          label={t('counted')}
          value={say(report.counted)}
          trend={`${t('expected')} ${say(report.expected)}`}
        />
        <Figure
          label={t('over-short')}
          value={say(report.overShort)}
          tone={report.overShort < 0 ? 'bad' : report.overShort > 0 ? 'waiting' : 'good'}
        />
      </div>
      <ReportView report={report.report} />
      <p className="flex justify-between text-13 text-muted">
        <span>{t('grand-total')}</span>
        <span>{say(report.grandTotal)}</span>
      </p>
    </div>
  );
}
