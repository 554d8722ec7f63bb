/** What a session comes to: tenders side by side, taxes, and what should lie in the drawer. */
import type { ReactElement } from 'react';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import type { SessionReport } from './till-types.ts';
import { words } from './words.ts';

const KINDS = ['cash', 'card', 'other'] as const;
const PARTS = ['settled', 'tips', 'received', 'change', 'refunded'] as const;
const PART_WORDS = {
  settled: 'settled',
  tips: 'tips',
  received: 'received',
  change: 'change',
  refunded: 'refunds',
} as const;

export function ReportView({ report }: { readonly report: SessionReport }): ReactElement {
  return (
    <div className="flex min-w-0 flex-col gap-4 overflow-x-auto">
      <TenderPart report={report} />
      <TaxPart report={report} />
      <DrawerPart report={report} />
    </div>
  );
}

interface PartProps {
  readonly report: SessionReport;
}

function useSay({ currency }: SessionReport): (amount: number) => string {
  const language = useLanguage();
  return (amount) => formatMoney({ amount, currency }, language);
}

const TABLE = 'w-full border-collapse text-right text-13';
const HEAD = 'py-1.5 pl-3 font-medium';
const CELL = 'py-1.5 pl-3 whitespace-nowrap';

function TenderPart({ report }: PartProps): ReactElement {
  const t = useWords(words);
  const say = useSay(report);
  return (
    <table className={TABLE}>
      <thead className="text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-1.5 text-left font-medium">
            {t('payments')}
          </th>
          {KINDS.map((kind) => (
            <th key={kind} scope="col" className={HEAD}>
              {t(kind)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {PARTS.map((part) => (
          <tr key={part} className="border-b border-line">
            <th scope="row" className="py-1.5 text-left font-normal">
              {t(PART_WORDS[part])}
            </th>
            {KINDS.map((kind) => (
              <td key={kind} className={CELL}>
                {say(report.tenders[kind][part])}
              </td>
            ))}
          </tr>
        ))}
        {report.corrections === undefined ? null : (
          <tr className="border-b border-line">
            <th scope="row" className="py-1.5 text-left font-normal">
              {t('corrections', { count: report.corrections.count })}
            </th>
            {KINDS.map((kind) => (
              <td key={kind} className={CELL}>
                {say(report.corrections?.[kind] ?? 0)}
              </td>
            ))}
          </tr>
        )}
      </tbody>
    </table>
  );
}

function TaxPart({ report }: PartProps): ReactElement | null {
  const t = useWords(words);
  const say = useSay(report);
  if (report.taxes.length === 0) return null;
  return (
    <table className={TABLE}>
      <thead className="text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-1.5 text-left font-medium">
            {t('taxes')}
          </th>
          {TAX_PARTS.map((part) => (
            <th key={part} scope="col" className={HEAD}>
              {t(part)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.taxes.map((tax) => (
          <tr key={tax.label} className="border-b border-line">
            <th scope="row" className="py-1.5 text-left font-normal">
              {tax.label}
            </th>
            {TAX_PARTS.map((part) => (
              <td key={part} className={CELL}>
                {say(tax[part])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const TAX_PARTS = ['net', 'tax', 'gross'] as const;

function DrawerPart({ report }: PartProps): ReactElement {
  const t = useWords(words);
  const say = useSay(report);
  const parts = [
    ['float', report.float],
    ['put-in-total', report.putIn],
    ['take-out-total', -report.takenOut],
  ] as const;
  return (
    <dl className="flex flex-col gap-1 text-13">
      {parts.map(([key, amount]) => (
        <div key={key} className="flex justify-between gap-3 text-muted">
          <dt>{t(key)}</dt>
          <dd>{say(amount)}</dd>
        </div>
      ))}
      <div className="flex items-baseline justify-between gap-3 text-14 font-semibold">
        <dt>{t('in-drawer')}</dt>
        <dd className="text-20">{say(report.expected)}</dd>
      </div>
    </dl>
  );
}
