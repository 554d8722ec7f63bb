/** What cancelling or not coming costs: what becomes due, and what is kept of a deposit and goes back of it. */
import type { ReactElement } from 'react';
import { Money } from '../../design/texts.tsx';
import type { Money as Amount } from '../../words/format.ts';
import { useWords } from '../../words/language.ts';
import type { Consequence } from './fees.ts';
import { words } from './words-book.ts';

export function AmountsTold({
  text,
  free,
  amounts: { fee, kept, back },
}: {
  /** Above what it costs, and in its place where it costs nothing. */
  readonly text: string | null;
  readonly free: string | null;
  readonly amounts: Omit<Consequence, 'isLate'>;
}): ReactElement {
  const t = useWords(words);
  const head = fee === null && kept === null ? free : text;
  return (
    <>
      {head === null ? null : <span>{head}</span>}
      <Told text={t('fee-kept')} amount={kept} />
      <Told text={t(kept === null ? 'fee-due' : 'fee-due-more')} amount={fee} />
      <Told text={t(kept === null ? 'deposit-back' : 'deposit-rest-back')} amount={back} />
    </>
  );
}

function Told({
  text,
  amount,
}: {
  readonly text: string;
  readonly amount: Amount | null;
}): ReactElement | null {
  if (amount === null) return null;
  return (
    <span>
      {text}{' '}
      <strong className="text-16">
        <Money value={amount} />
      </strong>
    </span>
  );
}
