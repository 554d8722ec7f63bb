/** Tables of a day: taxes, tenders, products, staff. */
import type { ReactElement } from 'react';
import { DataTable } from '../../design/data-table.tsx';
import { formatMoney, formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useActors } from '../generated/use-actors.ts';
import type { DayReport } from './report-types.ts';
import { TableSection } from './table-section.tsx';
import { words } from './words.ts';

/** Rates are hundred-thousandths. */
const RATE_UNIT = 100_000;
const KINDS = ['cash', 'card', 'other'] as const;

function useSay(currency: string): (amount: number) => string {
  const language = useLanguage();
  return (amount) => formatMoney({ amount, currency }, language);
}

export function TaxTable({ day }: { readonly day: DayReport }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const say = useSay(day.currency);
  return (
    <TableSection title={t('taxes')}>
      <DataTable
        label={t('taxes')}
        rows={day.taxes}
        rowKey={({ label }) => label}
        columns={[
          {
            key: 'label',
            title: t('rate'),
            // Most countries have the rate in the label.
            cell: ({ label, rate }) =>
              label.includes('%')
                ? label
                : `${label} (${formatNumber(rate / RATE_UNIT, language, { style: 'percent', maximumFractionDigits: 1 })})`,
          },
          { key: 'net', title: t('net'), numeric: true, cell: ({ net }) => say(net) },
          { key: 'tax', title: t('tax'), numeric: true, cell: ({ tax }) => say(tax) },
          { key: 'gross', title: t('gross'), numeric: true, cell: ({ gross }) => say(gross) },
        ]}
      />
    </TableSection>
  );
}

export function TenderTable({ day }: { readonly day: DayReport }): ReactElement {
  const t = useWords(words);
  const say = useSay(day.currency);
  const rows = KINDS.map((kind) => ({ kind, ...day.tenders[kind] })).filter(
    ({ payments, paidBack, corrections }) => payments > 0 || paidBack > 0 || corrections > 0,
  );
  return (
    <TableSection title={t('tenders')}>
      <DataTable
        label={t('tenders')}
        rows={rows}
        rowKey={({ kind }) => kind}
        columns={[
          { key: 'kind', title: t('kind'), width: 88, cell: ({ kind }) => t(kind) },
          {
            key: 'received',
            title: t('received'),
            numeric: true,
            cell: ({ received }) => say(received),
          },
          { key: 'tips', title: t('tips'), numeric: true, cell: ({ tips }) => say(tips) },
          { key: 'change', title: t('change'), numeric: true, cell: ({ change }) => say(change) },
          ...(rows.some(({ paidBack }) => paidBack > 0)
            ? [
                {
                  key: 'paidBack',
                  title: t('paid-back'),
                  numeric: true,
                  cell: ({ paidBack }: (typeof rows)[number]) => say(paidBack),
                },
              ]
            : []),
          ...(rows.some(({ corrections }) => corrections > 0)
            ? [
                {
                  key: 'corrected',
                  title: t('corrected'),
                  numeric: true,
                  cell: ({ corrected }: (typeof rows)[number]) => say(corrected),
                },
              ]
            : []),
        ]}
      />
    </TableSection>
  );
}

export function ProductTable({ day }: { readonly day: DayReport }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const say = useSay(day.currency);
  return (
    <TableSection title={t('products')}>
      <DataTable
        label={t('products')}
        maxHeight="480px"
        rows={day.products.toSorted((a, b) => b.gross - a.gross)}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'name',
            title: t('product'),
            sortable: ({ name }) => name,
            cell: ({ name }) => <span dir="auto">{name}</span>,
          },
          {
            key: 'quantity',
            title: t('quantity'),
            numeric: true,
            sortable: ({ quantity }) => quantity,
            cell: ({ quantity }) => formatNumber(quantity, language),
          },
          {
            key: 'gross',
            title: t('gross'),
            numeric: true,
            sortable: ({ gross }) => gross,
            cell: ({ gross }) => say(gross),
          },
        ]}
      />
    </TableSection>
  );
}

export function StaffTable({ day }: { readonly day: DayReport }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const nameOf = useActors();
  const say = useSay(day.currency);
  return (
    <TableSection title={t('staff')}>
      <DataTable
        label={t('staff')}
        rows={day.staff}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'actor',
            title: t('person'),
            cell: ({ actor }) => <span dir="auto">{nameOf(actor)}</span>,
          },
          {
            key: 'orders',
            title: t('orders'),
            numeric: true,
            cell: ({ orders }) => formatNumber(orders, language),
          },
          { key: 'gross', title: t('gross'), numeric: true, cell: ({ gross }) => say(gross) },
          { key: 'tips', title: t('tips'), numeric: true, cell: ({ tips }) => say(tips) },
        ]}
      />
    </TableSection>
  );
}
