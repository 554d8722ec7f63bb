/** Why a command was not done: the house's own sentence and its remedy, else the error as it came. */
import type { ReactElement } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { ErrorNote } from '../../design/marks.tsx';
import { Icon } from '../../design/icons.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { useProblem } from '../../words/problems/use-problem.ts';
import type { AggregateItem } from './generic-calls.ts';
import { words } from './words.ts';

export function RefusalNote({
  error,
  refusals,
}: {
  readonly error: CallFailed;
  readonly refusals: AggregateItem['refusals'];
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const said = useProblem(error.code);
  const refusal = refusals.find(({ code }) => code === error.code);
  if (refusal === undefined) return <ErrorNote error={error} />;
  return (
    <div role="alert" className="flex gap-3 rounded-card border border-wine bg-wine-soft p-3">
      <Icon name="warning" size={20} className="text-wine" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-semibold">{t('refused')}</p>
        <p className="break-words">{said ?? `${refusal.sentence} ${refusal.remedy}`}</p>
        {language !== 'en' || error.detail === '' || error.detail === refusal.sentence ? null : (
          <p className="text-13 break-words">{error.detail}</p>
        )}
        <p className="font-mono text-12 break-all text-muted-on-soft">
          {error.code} · {error.traceId}
        </p>
      </div>
    </div>
  );
}
