/** A programme: its rules, and what they would have given over the past year. */
import type { ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { Card } from '../../design/page.tsx';
import { formatMoney, formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useLocations } from '../floor/locations.ts';
import { ThingScreen } from '../lists/thing-screen.tsx';
import { FailureNote } from '../order/failure-note.tsx';
import { useTierNames } from './use-tier-names.ts';
import { words } from './words.ts';

export function ProgrammeScreen(): ReactElement {
  const t = useWords(words);
  return (
    <ThingScreen
      category="loyalty.programmes"
      title={t('title')}
      back="/loyalty?view=programmes"
      titleOf={({ name }) => (typeof name === 'string' ? name : null)}
      above={(id) => <Simulation id={id} />}
    />
  );
}

interface Total {
  readonly month: string;
  readonly tier: string;
  readonly points: number;
  readonly cost: number;
  readonly givenPoints: number;
  readonly givenCost: number;
}

/** What Simulation works with. */
function useSimulation() {
  const t = useWords(words);
  const language = useLanguage();
  const tierName = useTierNames();
  const { here } = useLocations();
  const simulate = useCommand('POST /v1/loyalty/programmes/{id}/simulations');
  const { data } = simulate;
  const money = (amount: number): string =>
    formatMoney({ amount, currency: here?.currency ?? 'EUR' }, language);
  const sum = (of: (total: Total) => number): number =>
    (data?.totals ?? []).reduce((all, total) => all + of(total), 0);
  return { t, language, simulate, data, money, sum, tierName };
}

function simulationColumns({
  t,
  language,
  money,
  tierName,
}: Pick<
  ReturnType<typeof useSimulation>,
  't' | 'language' | 'money' | 'tierName'
>): readonly Column<Total>[] {
  return [
    { key: 'month', title: t('month'), width: 110, cell: (row) => row.month },
    { key: 'tier', title: t('tier'), cell: (row) => tierName(row.tier) },
    {
      key: 'points',
      title: t('would'),
      numeric: true,
      width: 110,
      cell: (row) => formatNumber(row.points, language),
    },
    {
      key: 'givenPoints',
      title: t('gave'),
      numeric: true,
      width: 110,
      cell: (row) => formatNumber(row.givenPoints, language),
    },
    {
      key: 'cost',
      title: t('cost'),
      numeric: true,
      width: 130,
      cell: (row) => money(row.cost),
    },
    {
      key: 'givenCost',
      title: t('gave-cost'),
      numeric: true,
      width: 130,
      cell: (row) => money(row.givenCost),
    },
  ];
}

function Simulation({ id }: { readonly id: string }): ReactElement {
  const { t, language, simulate, data, money, sum, tierName } = useSimulation();
  return (
    <Card
      title={t('simulate')}
      actions={
        <Button
          icon="play"
          isBusy={simulate.isPending}
          onClick={() => simulate.mutate({ params: { id }, body: {} })}
        >
          {t('simulate')}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-muted">{t('simulate-text')}</p>
        <FailureNote error={simulate.error} />
        {data === undefined ? null : (
          <>
            <p role="status" className="text-13 text-muted">
              {t('simulated', { count: data.events })}{' '}
              {data.complete ? '' : t('incomplete', { until: data.until })}
            </p>
            <DataTable<Total>
              label={t('simulate')}
              rows={data.totals}
              rowKey={({ month, tier }) => `${month}${tier}`}
              footer={`${t('total')}: ${money(sum(({ cost }) => cost))} / ${money(sum(({ givenCost }) => givenCost))}`}
              columns={simulationColumns({ t, language, money, tierName })}
            />
          </>
        )}
      </div>
    </Card>
  );
}
