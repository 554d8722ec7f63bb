/** A refusal within a dialog or a panel: what happened in plain words, code and trace id small. */
import type { ReactElement } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { FieldFaults, hasFieldFaults } from '../../design/field-faults.tsx';
import { Icon } from '../../design/icons.tsx';
import { useLanguage } from '../../words/language.ts';
import { useProblem } from '../../words/problems/use-problem.ts';
import { failureWords } from './failure-words.ts';

export function FailureNote({ error }: { readonly error: CallFailed | null }): ReactElement | null {
  const language = useLanguage();
  const said = useProblem(error?.code);
  if (error === null) return null;
  return (
    <div
      role="alert"
      className="flex gap-2 rounded-control border border-wine bg-wine-soft px-3 py-2"
    >
      <Icon name="warning" size={20} className="text-wine" />
      <div className="min-w-0 flex-1">
        <p className="break-words">{failureWords(error, language, said)}</p>
        {hasFieldFaults(error.errors) ? <FieldFaults errors={error.errors} /> : null}
        <p className="font-mono text-12 break-all text-muted-on-soft">
          {error.code} · {error.traceId}
        </p>
      </div>
    </div>
  );
}
