/** What became of a file that is taken in: rows done of all, a sentence at its end, and the lines that were refused. */
import type { ReactElement } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { FieldFaults, hasFieldFaults } from '../../design/field-faults.tsx';
import { ProgressBar } from '../../design/progress-bar.tsx';
import { defineWords } from '../../words/define-words.ts';
import { useWords } from '../../words/language.ts';
import { useProblem } from '../../words/problems/use-problem.ts';
import { FailureNote } from '../order/failure-note.tsx';
import type { PartAnswer, RefusedRow } from './import-parts.ts';
import type { Import } from './use-import.ts';

const words = defineWords({
  en: {
    rows: '{done} of {rows} rows are done.',
    line: 'Line {line}:',
    again: 'What was taken in stays. Import the same file again: nothing is taken in twice.',
    more: { one: 'and {count} more line', other: 'and {count} more lines' },
  },
  pl: {
    rows: 'Gotowe wiersze: {done} z {rows}.',
    line: 'Wiersz {line}:',
    again: 'To, co już wczytano, zostaje. Importuj ten sam plik jeszcze raz: nic się nie podwoi.',
    more: {
      one: 'i jeszcze {count} wiersz',
      few: 'i jeszcze {count} wiersze',
      many: 'i jeszcze {count} wierszy',
      other: 'i jeszcze {count} wiersza',
    },
  },
  pt: {
    rows: '{done} de {rows} linhas prontas.',
    line: 'Linha {line}:',
    again: 'O que já entrou fica. Importe o mesmo arquivo de novo: nada entra duas vezes.',
    more: {
      one: 'e mais {count} linha',
      many: 'e mais {count} linhas',
      other: 'e mais {count} linhas',
    },
  },
});

/** More than anybody puts right at a time; the sentence tells how many there are. */
const SHOWN_MAX = 200;

type Counts = Omit<PartAnswer, 'rejections' | 'next'>;

export function ImportOutcome({
  taking: { sums, error },
  done,
}: {
  readonly taking: Import;
  /** What is said of the whole file. */
  done(counts: Counts): string;
}): ReactElement {
  const t = useWords(words);
  return (
    <div className="flex flex-col gap-2">
      {sums === null ? null : <Rows sums={sums} done={done} />}
      <FailureNote error={error} />
      {mayHaveBegun(error) ? <p className="text-13">{t('again')}</p> : null}
    </div>
  );
}

/** The server may have done a part of the file, or all of it. */
function mayHaveBegun(error: CallFailed | null): boolean {
  return error !== null && (error.status === 0 || error.status >= 500);
}

function Rows({
  sums,
  done,
}: {
  readonly sums: PartAnswer;
  done(counts: Counts): string;
}): ReactElement {
  const t = useWords(words);
  const { rejections, next, ...counts } = sums;
  const { rows, rejected } = counts;
  const shown = rejections.slice(0, SHOWN_MAX);
  return (
    <div className="flex flex-col gap-1">
      {next === null ? (
        <p role="status" className="font-semibold">
          {done(counts)}
        </p>
      ) : (
        <>
          <p role="status">{t('rows', { done: next, rows })}</p>
          <ProgressBar label={t('rows', { done: next, rows })} share={next / rows} />
        </>
      )}
      <ul className="max-h-48 overflow-auto text-13 text-wine">
        {shown.map((each) => (
          <Refused key={each.line} row={each} />
        ))}
        {rejected > shown.length ? <li>{t('more', { count: rejected - shown.length })}</li> : null}
      </ul>
    </div>
  );
}

function Refused({ row }: { readonly row: RefusedRow }): ReactElement {
  const t = useWords(words);
  const { line, code, detail, errors } = row;
  const hasFaults = hasFieldFaults(errors);
  const said = useProblem(hasFaults ? undefined : code);
  return (
    <li className="flex gap-2 break-words">
      <span className="shrink-0 font-medium">{t('line', { line })}</span>
      {hasFaults ? <FieldFaults errors={errors} /> : (said ?? detail)}
    </li>
  );
}
