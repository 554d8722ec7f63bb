/** What was sold hour by hour, as bars with their amounts. */
import type { ReactElement } from 'react';
import { Card } from '../../design/page.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import type { DayReport } from './report-types.ts';
import { words } from './words.ts';

const PERCENT = 100;

export function DayHours({ day }: { readonly day: DayReport }): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const { hours, currency } = day;
  const most = hours.reduce(
    (best, hour) => (hour.gross > best.gross ? hour : best),
    hours[0] ?? { gross: 0, local: '', orders: 0, from: '', guests: 0 },
  );
  if (hours.length === 0 || most.gross <= 0) return null;
  const say = (amount: number): string => formatMoney({ amount, currency }, language);
  return (
    <Card title={t('hours')}>
      <p className="pb-3 text-13 text-muted">
        {t('hours-summary', { hour: most.local, amount: say(most.gross) })}
      </p>
      <ol className="flex flex-col gap-1.5">
        {hours.map(({ from, local, gross }) => (
          <li
            key={from}
            className="grid grid-cols-[48px_minmax(0,1fr)_88px] items-center gap-3 text-13"
          >
            <span>{local}</span>
            <span className="h-4 rounded-control bg-sunken">
              <span
                className={`block h-4 rounded-control ${gross === most.gross ? 'bg-brass' : 'bg-brand'}`}
                style={{ width: `${Math.max(0, (gross / most.gross) * PERCENT)}%` }}
              />
            </span>
            <span className="text-right">{say(gross)}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
