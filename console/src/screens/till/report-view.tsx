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
  const t = useWords(words);
  const language = useLanguage();
  const { tenders, taxes, currency } = report;
  const say = (amount: number): string => formatMoney({ amount, currency }, language);
  return (
    <div className="flex min-w-0 flex-col gap-4 overflow-x-auto">
      <table className="w-full border-collapse text-right text-13">
        <thead className="text-muted">
          <tr className="border-b border-line">
            <td />
            {KINDS.map((kind) => (
              <th key={kind} scope="col" className="py-1.5 pl-3 font-medium">
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
                <td key={kind} className="py-1.5 pl-3 whitespace-nowrap">
                  {say(tenders[kind][part])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <table className="w-full border-collapse text-right text-13">
        <thead className="text-muted">
          <tr className="border-b border-line">
            <th scope="col" className="py-1.5 text-left font-medium">
              {t('taxes')}
            </th>
            {(['net', 'tax', 'gross'] as const).map((part) => (
              <th key={part} scope="col" className="py-1.5 pl-3 font-medium">
                {t(part)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {taxes.map(({ label, net, tax, gross }) => (
            <tr key={label} className="border-b border-line">
              <th scope="row" className="py-1.5 text-left font-normal">
                {label}
              </th>
              <td className="py-1.5 pl-3 whitespace-nowrap">{say(net)}</td>
              <td className="py-1.5 pl-3 whitespace-nowrap">{say(tax)}</td>
              <td className="py-1.5 pl-3 whitespace-nowrap">{say(gross)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="flex flex-col gap-1 text-13">
        {(
          [
            ['float', report.float],
            ['put-in-total', report.putIn],
            ['take-out-total', -report.takenOut],
          ] as const
        ).map(([key, amount]) => (
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
    </div>
  );
}
